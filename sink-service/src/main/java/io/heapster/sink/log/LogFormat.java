package io.heapster.sink.log;

import io.heapster.contract.event.EventRecord;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.sink.spi.TextBuffer;

/** How a line of the log looks. */
interface LogFormat {

    /** Appends what one entity had at one tick, and a line break. */
    void entity(SampleBatch batch, Entity entity, TextBuffer line);

    /** Appends an event, and a line break. */
    void event(EventRecord event, TextBuffer line);

    /** Appends why a node had nothing at one tick, and a line break. */
    void silence(SampleBatch batch, TextBuffer line);
}
