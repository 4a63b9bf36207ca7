package io.heapster.model.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.model.store.AdjustableClock;
import io.heapster.model.store.ContainerOwner;
import io.heapster.model.store.CountedRejections;
import io.heapster.model.store.SampleStore;
import io.heapster.model.store.StoreLimits;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreeContainerPathTest {
    private static final ContainerOwner NODE = node("a", "a/b", "a/metrics/c", "d/stats");

    private static ContainerOwner node(String... containers) {
        SampleStore store = new SampleStore(
                new StoreLimits(Duration.ofMinutes(15), Duration.ofMinutes(2), 10, 10, 100),
                new AdjustableClock(0),
                new CountedRejections());
        for (int i = 0; i < containers.length; i++) {
            Entity container = new Entity(
                    EntityType.SYSTEM_CONTAINER,
                    Labels.of(LabelKey.NODENAME, "n", LabelKey.CONTAINER_NAME, containers[i]));
            container.samples().add(Metrics.CPU_USAGE, i);
            store.put(SampleBatch.ok(new NodeKey("c", "n"), 0, 60_000, List.of(container)));
        }
        return Objects.requireNonNull(Objects.requireNonNull(store.cluster("c")).node("n"));
    }

    @ParameterizedTest
    @CsvSource({
        "a, a, ''",
        "a/b, a/b, ''",
        "a/metrics, a, metrics",
        "a/b/metrics/cpu/usage, a/b, metrics/cpu/usage",
        "a/metrics/c, a/metrics/c, ''",
        "a/metrics/c/metrics/x, a/metrics/c, metrics/x",
        "a/metrics/cpu/usage, a, metrics/cpu/usage",
        "a/stats, a, stats",
        "d/stats, d/stats, ''",
        "d/stats/stats, d/stats, stats",
        "none, none, ''",
        "none/x, none/x, ''",
        "none/x/stats, none/x, stats",
        "none/metrics/x/metrics/y, none, metrics/x/metrics/y",
    })
    void theLongestNameThatExistsIsMeantElseTheShortest(String path, String container, String rest) {
        assertThat(FreeContainerPath.of(path, NODE)).isEqualTo(new FreeContainerPath(container, rest));
    }
}
