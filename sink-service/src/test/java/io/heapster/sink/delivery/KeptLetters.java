package io.heapster.sink.delivery;

import io.heapster.sink.ingest.DeadLetter;
import io.heapster.sink.ingest.DeadLetters;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Dead letters in memory. */
final class KeptLetters implements DeadLetters {
    private final List<DeadLetter> letters = new CopyOnWriteArrayList<>();

    @Override
    public void put(DeadLetter letter) {
        letters.add(letter);
    }

    List<DeadLetter> letters() {
        return letters;
    }

    int points() {
        return letters.stream().mapToInt(DeadLetter::points).sum();
    }
}
