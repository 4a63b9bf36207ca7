package io.heapster.sink.ingest;

import java.io.IOException;

/** Keeps what a backend refused for good. */
public interface DeadLetters {

    /**
     * Returns when the letter is kept durably.
     *
     * @throws IOException if it is not kept; trying again may help
     */
    void put(DeadLetter letter) throws IOException, InterruptedException;
}
