package io.heapster.benchmark;

import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.wire.MalformedBatchException;
import io.heapster.contract.wire.SampleBatchDecoder;
import io.heapster.contract.wire.SampleBatchEncoder;
import io.heapster.model.store.ContainerOwner;
import io.heapster.model.store.NamespaceHistory;
import io.heapster.model.store.Points;
import io.heapster.model.store.SampleStore;
import io.heapster.model.store.StoreLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Writing batches of nodes of 110 pods into the model's store, {@code samples} being the time of one value, and reading
 * one series of 15 minutes at 30 s.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ModelBenchmark {
    private static final int NODES = 10;
    private static final int PODS = 110;
    private static final StoreLimits LIMITS =
            new StoreLimits(Duration.ofMinutes(15), Duration.ofMinutes(2), 500_000, 32, 2_048);

    /** Samples written. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Counters {
        public long samples;
    }

    /** A store with a full window and the batch to come; what has left the window goes between two measurements. */
    @State(Scope.Thread)
    public static class Writing {
        private final TickClock clock = new TickClock();
        private final SampleStore store = new SampleStore(LIMITS, clock, new StrictRejections());
        private final SampleBatchEncoder encoder = new SampleBatchEncoder();
        private final SampleBatchDecoder decoder = new SampleBatchDecoder();
        private final List<TickingNode> nodes = new ArrayList<>();
        private SampleBatch batch = BusyNode.withPods(0);
        private int turn;

        @Setup(Level.Trial)
        public void fill() throws MalformedBatchException {
            for (int node = 0; node < NODES; node++) {
                nodes.add(new TickingNode(node, PODS));
            }
            for (int i = 0; i < 31 * NODES; i++) {
                receive();
                store.put(batch);
            }
        }

        @Setup(Level.Invocation)
        public void receive() throws MalformedBatchException {
            if (turn == 0) {
                store.expire();
            }
            // Through the wire, so that texts are shared as far as they are in production.
            batch = decoder.decode(encoder.encode(nodes.get(turn).next()));
            clock.set(batch.tickMillis());
            turn = (turn + 1) % NODES;
        }
    }

    /** A store with a full window and its pods. */
    @State(Scope.Thread)
    public static class Reading {
        private final List<ContainerOwner> pods = new ArrayList<>();
        private int turn;

        @Setup
        public void fill() throws MalformedBatchException {
            Writing writing = new Writing();
            writing.fill();
            for (NamespaceHistory namespace :
                    Objects.requireNonNull(writing.store.cluster("default")).namespaces()) {
                pods.addAll(namespace.pods());
            }
        }

        private ContainerOwner next() {
            turn = (turn + 1) % pods.size();
            return pods.get(turn);
        }
    }

    @Benchmark
    public void put(Writing writing, Counters counters) {
        writing.store.put(writing.batch);
        counters.samples += writing.batch.sampleCount();
    }

    @Benchmark
    public Points readSeries(Reading reading) {
        return reading.next().points(Metrics.CPU_USAGE_RATE, 0, Long.MAX_VALUE);
    }
}
