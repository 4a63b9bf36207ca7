package io.heapster.model.store;

/**
 * Gives up the core after every few entities, so that on a full core whoever asks is answered first: the kernel would
 * take it away only after some milliseconds, many times what an answer takes. For one thread.
 */
public final class Pacer {
    /** Some 100 µs of reading and writing: much more than giving up the core takes, less than an answer. */
    private static final int ENTITIES = 8;

    private int left = ENTITIES;

    /** One more entity is done. */
    @SuppressWarnings("ThreadPriorityCheck") // where it is no more than a hint, answers are slower and not wrong
    public void step() {
        if (--left == 0) {
            left = ENTITIES;
            Thread.yield();
        }
    }
}
