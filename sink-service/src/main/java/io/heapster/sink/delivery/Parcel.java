package io.heapster.sink.delivery;

import io.heapster.contract.sample.SampleBatch;
import io.heapster.sink.ingest.Origin;
import io.heapster.sink.spi.Points;
import io.heapster.sink.spi.WriteOutcome.Suspicion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** A batch, or what is left of it after a division, with where it came from. */
record Parcel(Origin origin, SampleBatch batch) {

    static List<SampleBatch> batches(List<Parcel> parcels) {
        List<SampleBatch> batches = new ArrayList<>(parcels.size());
        for (Parcel parcel : parcels) {
            batches.add(parcel.batch);
        }
        return batches;
    }

    /** The parcels in their order as writes of about this many points, at least one parcel each. */
    static List<List<Parcel>> writes(List<Parcel> parcels, int pointsPerWrite) {
        List<List<Parcel>> writes = new ArrayList<>();
        int from = 0;
        int points = 0;
        for (int i = 0; i < parcels.size(); i++) {
            points += parcels.get(i).batch.sampleCount();
            if (points >= pointsPerWrite || i == parcels.size() - 1) {
                writes.add(parcels.subList(from, i + 1));
                from = i + 1;
                points = 0;
            }
        }
        return writes;
    }

    /** The chosen points; parcels left without any are left out. */
    static List<Parcel> select(List<Parcel> parcels, BitSet chosen) {
        List<SampleBatch> selected = Points.select(batches(parcels), chosen);
        List<Parcel> parts = new ArrayList<>();
        for (int i = 0; i < selected.size(); i++) {
            if (!selected.get(i).entities().isEmpty()) {
                parts.add(new Parcel(parcels.get(i).origin, selected.get(i)));
            }
        }
        return parts;
    }

    /**
     * The points of one half, the other half being the rest; neither is empty.
     *
     * @param count how many points there are; at least two
     */
    static BitSet half(List<Parcel> parcels, int count, Suspicion suspicion) {
        if (suspicion == Suspicion.METRIC) {
            int[] ids = Points.metricIds(batches(parcels));
            int[] distinct = Arrays.stream(ids).sorted().distinct().toArray();
            if (distinct.length > 1) {
                return below(ids, distinct[distinct.length / 2]);
            }
        }
        return Points.all(count / 2);
    }

    private static BitSet below(int[] ids, int bound) {
        BitSet points = new BitSet(ids.length);
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] < bound) {
                points.set(i);
            }
        }
        return points;
    }
}
