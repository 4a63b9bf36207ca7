package io.heapster.benchmark;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.scraper.derive.Derivation;
import io.heapster.scraper.derive.Enrichment;
import io.heapster.scraper.derive.JoinedLabels;
import io.heapster.scraper.derive.Rates;
import io.heapster.scraper.source.NodeInventory;
import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.kubernetes.summary.SummaryDecoder;
import io.heapster.simulator.cluster.ClusterShape;
import io.heapster.simulator.cluster.SimulatedCluster;
import io.heapster.simulator.cluster.SimulatedNode;
import io.heapster.simulator.kubelet.SummaryDocument;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
 * Rates, enrichment, sums and shares of a node of 110 pods, tick after tick. A reading serves once, so that each is
 * decoded between two measurements; {@code samples} is the time of one sample of the finished batch.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DeriveBenchmark {
    private static final Duration RESOLUTION = Duration.ofSeconds(30);

    private final SimulatedCluster cluster = new SimulatedCluster(ClusterShape.of(1, 110), Clock.systemUTC());
    private final SimulatedNode node = cluster.nodes().get(0);
    private final NodeKey key = new NodeKey("default", node.name());
    private final Labels labels = Labels.of(
            LabelKey.NODENAME, node.name(), LabelKey.HOSTNAME, node.name(), LabelKey.HOST_ID, "i-0abc12d34ef567890");
    private final NodeInventory inventory = SimulatedInventory.of(cluster, node);
    private final SummaryDocument document = new SummaryDocument(cluster, node);
    private final SummaryDecoder decoder = new SummaryDecoder();
    private final Derivation derivation = new Derivation(
            new Rates(RESOLUTION.multipliedBy(3), new SimpleMeterRegistry()),
            new Enrichment(new JoinedLabels(",", List.of(), List.of(), 2_048), new SimpleMeterRegistry()));

    private Instant tick = Instant.parse("2026-11-21T12:00:00Z");
    private List<Entity> reading = List.of();
    private int samplesOfNode;

    /** Samples derived. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Counters {
        public long samples;
    }

    @Setup(Level.Trial)
    public void seeTwoTicks() throws ScrapeException {
        for (int i = 0; i < 2; i++) {
            readNextTick();
            samplesOfNode = derive().stream().mapToInt(Entity::sampleCount).sum();
        }
    }

    @Setup(Level.Invocation)
    public void readNextTick() throws ScrapeException {
        tick = tick.plus(RESOLUTION);
        Instant asked = tick.plusSeconds(29);
        byte[] bytes = document.answer(asked, 0);
        reading = decoder.decode(bytes, bytes.length, labels, asked.toEpochMilli())
                .entities();
    }

    @Benchmark
    public List<Entity> derive(Counters counters) {
        counters.samples += samplesOfNode;
        return derive();
    }

    private List<Entity> derive() {
        return derivation.derive(key, tick.toEpochMilli(), reading, inventory);
    }
}
