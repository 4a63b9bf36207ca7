package io.heapster.model.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.SampleBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;

class ClusterChoiceTest {
    private static final long TICK = Instant.parse("2026-11-21T08:45:00Z").toEpochMilli();

    private final SampleStore store = new SampleStore(
            new StoreLimits(Duration.ofMinutes(15), Duration.ofMinutes(2), 10, 10, 100),
            new AdjustableClock(TICK),
            new CountedRejections());

    private void thereIs(String... clusters) {
        for (String cluster : clusters) {
            Entity node = new Entity(EntityType.NODE, Labels.of(LabelKey.NODENAME, "n"));
            node.samples().append(Metrics.MEMORY_USAGE.id(), 1);
            store.put(SampleBatch.ok(new NodeKey(cluster, "n"), TICK, 60_000, List.of(node)));
        }
    }

    private ClusterChoice configured(@Nullable String cluster) {
        return new ClusterChoice(store, Optional.ofNullable(cluster));
    }

    @Test
    void theOneNamedIsMeantWhateverIsConfigured() {
        thereIs("default", "east", "west");
        assertThat(configured("east").of("west")).isSameAs(store.cluster("west"));
        assertThat(configured("east").of("north")).isNull();
    }

    @ParameterizedTest
    @NullAndEmptySource
    void theConfiguredOneIsMeantWhereNoneIsNamed(@Nullable String name) {
        thereIs("default", "east", "west");
        assertThat(configured("east").of(name)).isSameAs(store.cluster("east"));
        assertThat(configured("east").unnamed()).isSameAs(store.cluster("east"));
        assertThat(configured("north").of(name)).isNull();
    }

    @Test
    void theOnlyOneIsMeantWhereNoneIsConfigured() {
        assertThat(configured(null).unnamed()).isNull();
        thereIs("east");
        assertThat(configured(null).unnamed()).isSameAs(store.cluster("east"));
        assertThat(configured(null).areSeveral()).isFalse();
    }

    @Test
    void ofSeveralTheOneNamedDefaultIsMeant() {
        thereIs("east", "west");
        assertThat(configured(null).unnamed()).isNull();
        assertThat(configured(null).areSeveral()).isTrue();
        thereIs("default");
        assertThat(configured(null).unnamed()).isSameAs(store.cluster("default"));
    }
}
