package io.heapster.model.ingest;

import io.heapster.contract.sample.SampleBatch;

/** Takes what the log says, in the log's order within a partition. Must bear to be told the same again. */
@FunctionalInterface
public interface BatchReceiver {
    void receive(SampleBatch batch);
}
