package io.heapster.scraper.schedule;

/** Told of ticks that were left out: a process that slept does not catch up. */
public interface MissedTicks {
    /** @param reason {@code paused} or {@code clock_set_back} */
    void missed(long ticks, String reason);
}
