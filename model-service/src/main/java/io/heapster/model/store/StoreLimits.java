package io.heapster.model.store;

import java.time.Duration;

/**
 * How much the store keeps.
 *
 * @param window how long a sample is kept, by its tick
 * @param modelResolution finer samples are merged to this; zero when they are not
 * @param clockTolerance how far ahead of this process's clock a tick may begin
 * @param entities how many entities are kept in all
 * @param points how many values are kept in all; 0 when there is no limit
 * @param labels how many labels an entity keeps
 * @param labelLength how many characters of a label's value are kept
 */
public record StoreLimits(
        Duration window,
        Duration modelResolution,
        Duration clockTolerance,
        int entities,
        long points,
        int labels,
        int labelLength) {

    /** Keeps every sample as it came, however many there are. */
    public StoreLimits(Duration window, Duration clockTolerance, int entities, int labels, int labelLength) {
        this(window, Duration.ZERO, clockTolerance, entities, 0, labels, labelLength);
    }
}
