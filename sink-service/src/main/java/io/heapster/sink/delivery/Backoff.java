package io.heapster.sink.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to leave a backend alone: twice as long after each failure up to a limit, shortened at random by up to half,
 * so that many processes do not come back at one moment. Without end.
 */
final class Backoff {
    /** A backend may ask for more patience than our own limit, but not for any. */
    private static final Duration MOST_PATIENCE = Duration.ofMinutes(5);

    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private Duration next;

    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
        this.next = first;
    }

    /** @param asked how long the backend asks to be left alone, or zero */
    Duration next(Duration asked) {
        long halfMillis = Math.max(1, next.toMillis() / 2);
        Duration own = Duration.ofMillis(halfMillis + random.nextLong(halfMillis + 1));
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(longest) > 0 ? longest : doubled;
        Duration heard = asked.compareTo(MOST_PATIENCE) > 0 ? MOST_PATIENCE : asked;
        return own.compareTo(heard) > 0 ? own : heard;
    }

    void reset() {
        next = first;
    }
}
