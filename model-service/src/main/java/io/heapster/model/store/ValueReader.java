package io.heapster.model.store;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.sample.Labels;

/** Is told the values of a row one by one. */
@FunctionalInterface
public interface ValueReader {
    /**
     * @param resource labels of the resource the value is of; {@link Labels#EMPTY} when it is the entity's own
     * @param bits the value as {@code Samples} stores it
     */
    void value(Metric metric, Labels resource, long bits);
}
