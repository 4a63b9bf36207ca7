package io.heapster.sink.delivery;

import io.heapster.sink.delivery.Progress.Cargo;
import io.heapster.sink.ingest.Origin;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.WriteOutcome;
import io.heapster.sink.spi.WriteOutcome.Suspicion;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/** What one write carries: points or events, numbered from 0, each of which a backend may refuse by itself. */
sealed interface Load permits SampleLoad, EventLoad {

    /**
     * A part of a record, as a record of its topic.
     *
     * @param count how many points or events it holds
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way to Kafka, never compared
    record Refused(Origin origin, int count, byte[] value) {}

    Cargo cargo();

    int count();

    /** Whether there is no record, not even one without points. */
    boolean isEmpty();

    WriteOutcome writeTo(Sink sink) throws InterruptedException;

    /**
     * The numbers of one half, the other half being the rest; neither is empty.
     *
     * @param count how many there are; at least two
     */
    BitSet half(int count, Suspicion suspicion);

    /** Only the chosen; records left without any are left out. */
    Load select(BitSet chosen);

    /** Only what came from where this process still reads. */
    Load ownedBy(Predicate<Origin> owned);

    /** Its records, encoded. */
    List<Refused> records();
}
