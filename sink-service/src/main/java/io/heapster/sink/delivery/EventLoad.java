package io.heapster.sink.delivery;

import io.heapster.contract.event.EventCodec;
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

/** Events in the order in which they came. */
record EventLoad(List<EventParcel> parcels) implements Load {
    /** With the longest JSON there is, still less than backends take. */
    private static final int MOST = 500;

    /** The events as loads of a bounded size. */
    static List<EventLoad> of(List<EventParcel> parcels) {
        List<EventLoad> loads = new ArrayList<>();
        for (int from = 0; from < parcels.size(); from += MOST) {
            loads.add(new EventLoad(parcels.subList(from, Math.min(parcels.size(), from + MOST))));
        }
        return loads;
    }

    @Override
    public Cargo cargo() {
        return Cargo.EVENTS;
    }

    @Override
    public int count() {
        return parcels.size();
    }

    @Override
    public boolean isEmpty() {
        return parcels.isEmpty();
    }

    @Override
    public WriteOutcome writeTo(Sink sink) throws InterruptedException {
        return sink.writeEvents(parcels.stream().map(EventParcel::event).toList());
    }

    @Override
    public BitSet half(int count, Suspicion suspicion) {
        return Points.all(count / 2);
    }

    @Override
    public Load select(BitSet chosen) {
        return new EventLoad(chosen.stream().mapToObj(parcels::get).toList());
    }

    @Override
    public Load ownedBy(Predicate<Origin> owned) {
        return new EventLoad(
                parcels.stream().filter(parcel -> owned.test(parcel.origin())).toList());
    }

    @Override
    public List<Refused> records() {
        return parcels.stream()
                .map(parcel -> new Refused(parcel.origin(), 1, EventCodec.encode(parcel.event())))
                .toList();
    }
}
