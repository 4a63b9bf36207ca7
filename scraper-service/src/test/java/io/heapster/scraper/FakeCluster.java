package io.heapster.scraper;

import static io.heapster.contract.metric.Metrics.CPU_USAGE;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.scraper.source.NodeInventory;
import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.SkipReason;
import io.heapster.scraper.source.Source;
import io.heapster.scraper.source.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Nodes that use exactly so much of a processor, by default half of one. */
final class FakeCluster implements Source {
    private static final long START = 1_600_000_000_000L;

    private final String cluster;
    private final List<Target> targets = new ArrayList<>();

    FakeCluster(int nodes) {
        this("fake", nodes, 500);
    }

    FakeCluster(String cluster, int nodes, int millicores) {
        this.cluster = cluster;
        for (int i = 0; i < nodes; i++) {
            targets.add(new Node(new NodeKey(cluster, "node-" + i), millicores));
        }
    }

    @Override
    public String cluster() {
        return cluster;
    }

    @Override
    public void start() {}

    @Override
    public boolean synced() {
        return true;
    }

    @Override
    public List<? extends Target> targets() {
        return targets;
    }

    @Override
    public void close() {}

    private record Node(NodeKey node, int millicores) implements Target {
        @Override
        public @Nullable SkipReason skip() {
            return null;
        }

        @Override
        public CompletionStage<Reading> read(Duration timeout) {
            Entity entity = new Entity(EntityType.NODE, Labels.of(LabelKey.NODENAME, node.node()));
            long now = System.currentTimeMillis();
            entity.started(START);
            entity.measured(now);
            entity.samples().add(CPU_USAGE, (now - START) * 1_000 * millicores);
            return CompletableFuture.completedFuture(new Reading(new ArrayList<>(List.of(entity)), List.of()));
        }

        @Override
        public NodeInventory inventory() {
            return NodeInventory.NONE;
        }
    }
}
