package io.heapster.sink.delivery;

import io.heapster.contract.wire.SampleBatchEncoder;
import io.heapster.sink.delivery.Progress.Cargo;
import io.heapster.sink.ingest.Origin;
import io.heapster.sink.spi.Points;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.WriteOutcome;
import io.heapster.sink.spi.WriteOutcome.Suspicion;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/** The points of batches. */
record SampleLoad(List<Parcel> parcels) implements Load {

    @Override
    public Cargo cargo() {
        return Cargo.POINTS;
    }

    @Override
    public int count() {
        return Points.count(Parcel.batches(parcels));
    }

    @Override
    public boolean isEmpty() {
        return parcels.isEmpty();
    }

    @Override
    public WriteOutcome writeTo(Sink sink) throws InterruptedException {
        return sink.write(Parcel.batches(parcels));
    }

    @Override
    public BitSet half(int count, Suspicion suspicion) {
        return Parcel.half(parcels, count, suspicion);
    }

    @Override
    public Load select(BitSet chosen) {
        return new SampleLoad(Parcel.select(parcels, chosen));
    }

    @Override
    public Load ownedBy(Predicate<Origin> owned) {
        return new SampleLoad(
                parcels.stream().filter(parcel -> owned.test(parcel.origin())).toList());
    }

    @Override
    public List<Refused> records() {
        SampleBatchEncoder encoder = new SampleBatchEncoder();
        List<Refused> records = new ArrayList<>(parcels.size());
        for (Parcel parcel : parcels) {
            records.add(new Refused(parcel.origin(), parcel.batch().sampleCount(), encoder.encode(parcel.batch())));
        }
        return records;
    }
}
