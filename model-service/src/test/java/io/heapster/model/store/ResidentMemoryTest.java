package io.heapster.model.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.wire.MalformedBatchException;
import io.heapster.contract.wire.SampleBatchDecoder;
import io.heapster.contract.wire.SampleBatchEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** The budget of DESIGN 4.5: 6 KiB a pod all-in, at 30 s and 15 min; what the rest of the process takes comes on top. */
class ResidentMemoryTest {
    private static final Logger LOG = Logger.getLogger(ResidentMemoryTest.class.getName());
    private static final int NODES = 334;
    private static final int PODS_A_NODE = 30;
    private static final int TICKS = 34;
    private static final long RESOLUTION = 30_000;
    private static final long FIRST = 1_795_257_000_000L;
    private static final int BUDGET = 3_400;

    @Test
    void aPodWithItsContainersAndItsShareOfTheNodeStaysWithinBudget() throws MalformedBatchException {
        AdjustableClock clock = new AdjustableClock(FIRST);
        StoreLimits limits = new StoreLimits(Duration.ofMinutes(15), Duration.ofMinutes(2), 1_000_000, 64, 2_048);
        SampleStore store = new SampleStore(limits, clock, new CountedRejections());
        List<GeneratedNode> nodes = new ArrayList<>();
        for (int node = 0; node < NODES; node++) {
            nodes.add(new GeneratedNode(node, PODS_A_NODE));
        }
        SampleBatchEncoder encoder = new SampleBatchEncoder();
        SampleBatchDecoder decoder = new SampleBatchDecoder();
        long before = usedAfterCollection();
        long samples = 0;
        long nanos = 0;
        for (int tick = 0; tick < TICKS; tick++) {
            clock.set(FIRST + tick * RESOLUTION);
            for (GeneratedNode node : nodes) {
                // Through the wire, so that texts are shared as far as they are in production.
                SampleBatch batch = decoder.decode(encoder.encode(node.batch(clock.millis(), RESOLUTION)));
                samples += batch.sampleCount();
                long started = System.nanoTime();
                store.put(batch);
                nanos += System.nanoTime() - started;
            }
            store.expire();
        }
        // What the decoder remembers and the load itself are not the store's.
        decoder = new SampleBatchDecoder();
        long used = usedAfterCollection() - before;
        Census census = store.census();
        long pods = census.entities(EntityType.POD);
        long readNanos = nanosPerRead(store);
        LOG.info(() -> String.format(
                "store: %d bytes a pod (%d pods, %d containers, %.1f samples a pod and tick, %.2f bytes a sample;"
                        + " %d bytes a pod by its own census), %d ns a series read",
                used / pods,
                pods,
                census.entities(EntityType.POD_CONTAINER),
                (double) census.points() / pods / 31,
                (double) used / census.points(),
                census.bytes() / pods,
                readNanos));
        LOG.info("store: " + nanos / samples + " ns a sample to put");

        assertThat(pods).isEqualTo((long) NODES * PODS_A_NODE);
        assertThat(used / pods).isLessThan(BUDGET);
        assertThat(decoder).isNotNull();
    }

    private static long nanosPerRead(SampleStore store) {
        ClusterHistory cluster = Objects.requireNonNull(store.cluster("default"));
        long reads = 0;
        long points = 0;
        long started = System.nanoTime();
        for (NamespaceHistory namespace : cluster.namespaces()) {
            for (ContainerOwner pod : namespace.pods()) {
                points += pod.points(Metrics.CPU_USAGE_RATE, 0, Long.MAX_VALUE).size();
                reads++;
            }
        }
        assertThat(points).isGreaterThan(30 * reads);
        return (System.nanoTime() - started) / reads;
    }

    private static long usedAfterCollection() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
