package io.heapster.model.resourcemetrics;

import com.sun.management.ThreadMXBean;
import io.heapster.contract.wire.MalformedBatchException;
import io.heapster.contract.wire.SampleBatchDecoder;
import io.heapster.contract.wire.SampleBatchEncoder;
import io.heapster.model.json.JsonWriter;
import io.heapster.model.json.Layout;
import io.heapster.model.resourcemetrics.selector.FieldSelector;
import io.heapster.model.resourcemetrics.selector.LabelSelector;
import io.heapster.model.resourcemetrics.selector.LabelText;
import io.heapster.model.store.AdjustableClock;
import io.heapster.model.store.ClusterChoice;
import io.heapster.model.store.CountedRejections;
import io.heapster.model.store.GeneratedNode;
import io.heapster.model.store.SampleStore;
import io.heapster.model.store.StoreLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Prints the processor time it takes to list the pods of a cluster and of one namespace: {@code ListingSpeed PODS}. */
public final class ListingSpeed {
    private static final int PODS_A_NODE = 100;
    private static final int TICKS = 8;
    private static final int ROUNDS = 15;
    private static final long RESOLUTION = 30_000;
    private static final long FIRST = 1_795_257_000_000L;
    private static final LabelText COMMAS = new LabelText(",", 2048);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final AdjustableClock clock = new AdjustableClock(FIRST);
    private final SampleStore store = new SampleStore(
            new StoreLimits(Duration.ofMinutes(15), Duration.ofMinutes(2), 1_000_000, 64, 2_048),
            clock,
            new CountedRejections());
    private final ServedCluster cluster =
            new ServedCluster(new ClusterChoice(store, Optional.empty()), () -> true, clock);

    private ListingSpeed() {}

    public static void main(String[] args) throws IOException, MalformedBatchException {
        int pods = args.length == 0 ? 40_000 : Integer.parseInt(args[0]);
        ListingSpeed speed = new ListingSpeed();
        speed.fill(pods);
        speed.measure("all pods", "", pods);
        speed.measure("pods of one namespace", "team-7", pods / 40);
    }

    private void fill(int pods) throws MalformedBatchException {
        SampleBatchEncoder encoder = new SampleBatchEncoder();
        SampleBatchDecoder decoder = new SampleBatchDecoder();
        for (int number = 0; number < pods / PODS_A_NODE; number++) {
            GeneratedNode node = new GeneratedNode(number, PODS_A_NODE);
            for (int tick = 0; tick < TICKS; tick++) {
                clock.set(FIRST + tick * RESOLUTION);
                store.put(decoder.decode(encoder.encode(node.batch(clock.millis(), RESOLUTION))));
            }
        }
    }

    /** Counts what is written and keeps nothing. */
    private static final class Counted extends OutputStream {
        private long bytes;

        @Override
        public void write(int value) {
            bytes++;
        }

        @Override
        public void write(byte[] buffer, int from, int length) {
            bytes += length;
        }
    }

    private void measure(String what, String namespace, int pods) throws IOException {
        long[] nanos = new long[ROUNDS];
        long bytes = 0;
        long allocated = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Counted out = new Counted();
            long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
            long started = THREADS.getCurrentThreadCpuTime();
            CurrentUsage usage = cluster.now();
            JsonWriter.write(out, Layout.COMPACT, json -> new Selection(
                            LabelSelector.EVERYTHING, FieldSelector.EVERYTHING, COMMAS)
                    .writePods(
                            usage,
                            namespace.isEmpty() ? usage.namespaces() : List.of(namespace),
                            Completeness.OF_REPORTED_CONTAINERS,
                            new ObjectForm(new ObjectJson(json, COMMAS, "2026-11-21T08:46:05Z"))));
            nanos[round] = THREADS.getCurrentThreadCpuTime() - started;
            allocated = THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
            bytes = out.bytes;
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%s (about %d): fastest %.2f ms of CPU, median %.2f ms, %d KB, %d B a pod allocated%n",
                what, pods, nanos[0] / 1e6, nanos[ROUNDS / 2] / 1e6, bytes / 1000, allocated / pods);
    }
}
