package io.heapster.model.store;

import java.time.Duration;

/**
 * How much the store keeps.
 *
 * @param window how long a sample is kept, by its tick
 * @param clockTolerance how far ahead of this process's clock a tick may begin
 * @param entities how many entities are kept in all
 * @param labels how many labels an entity keeps
 * @param labelLength how many characters of a label's value are kept
 */
public record StoreLimits(Duration window, Duration clockTolerance, int entities, int labels, int labelLength) {}
