package io.heapster.model.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Reference 3.3; the first test has the numbers of case 19. */
class EntityStatisticsTest {
    private static final long BEGIN = Instant.parse("2017-04-19T07:00:00Z").toEpochMilli();

    private final SampleStore store = new SampleStore(
            new StoreLimits(Duration.ofDays(2), Duration.ofDays(2), 10, 10, 100),
            new AdjustableClock(BEGIN),
            new CountedRejections());

    private static Entity node() {
        return new Entity(EntityType.NODE, Labels.of(LabelKey.NODENAME, "n"));
    }

    private void put(Entity node, long afterSeconds) {
        store.put(SampleBatch.ok(new NodeKey("c", "n"), BEGIN + 1_000 * afterSeconds, 10_000, List.of(node)));
    }

    private void use(long millicores, long afterSeconds) {
        Entity node = node();
        node.samples().add(Metrics.CPU_USAGE_RATE, millicores);
        put(node, afterSeconds);
    }

    private EntityStatistics statistics() {
        ContainerOwner node = Objects.requireNonNull(
                Objects.requireNonNull(store.cluster("c")).node("n"));
        return EntityStatistics.of(node, Long.MIN_VALUE);
    }

    private SeriesStatistics only() {
        assertThat(statistics().series()).hasSize(1);
        return statistics().series().get(0);
    }

    @Test
    void averagePercentileAndMaximumOfTheLastMinute() {
        long[] values = {55, 1, 12, 77, 50_000};
        for (int i = 0; i < values.length; i++) {
            use(values[i], 10L * i);
        }

        assertThat(only().minute()).isEqualTo(new Figures(10_029, 50_000, 50_000));
        assertThat(statistics().latestMillis()).isEqualTo(BEGIN + 40_000);
    }

    @Test
    void minuteHourAndDayEndAtTheNewestTickAndReachBackFromIt() {
        use(1, 0);
        use(100, 86_400 - 3_600);
        use(10, 86_400 - 60);
        use(4, 86_400 - 50);
        use(2, 86_400);

        assertThat(only().minute()).isEqualTo(new Figures(3, 4, 4));
        assertThat(only().hour()).isEqualTo(new Figures(16 / 3.0, 10, 10));
        assertThat(only().day()).isEqualTo(new Figures(29, 100, 100));
    }

    @Test
    void aSeriesThatEndedEarlierHasNoMinute() {
        use(5, 0);
        Entity node = node();
        node.samples().add(Metrics.MEMORY_USAGE, 7L);
        put(node, 120);

        assertThat(statistics().series())
                .extracting(series -> series.metric().name(), SeriesStatistics::minute)
                .containsExactly(tuple("cpu/usage_rate", null), tuple("memory/usage", new Figures(7, 7, 7)));
    }

    @Test
    void countersAreLeftOutAndResourcesCountEach() {
        Entity node = node();
        node.samples().add(Metrics.CPU_USAGE, 1L);
        node.samples().add(Metrics.UPTIME, 2L);
        node.resource(Labels.of(LabelKey.RESOURCE_ID, "logs")).add(Metrics.FILESYSTEM_USAGE, 3L);
        node.resource(Labels.of(LabelKey.RESOURCE_ID, "/")).add(Metrics.FILESYSTEM_USAGE, 4L);
        put(node, 0);

        assertThat(statistics().series())
                .extracting(series -> series.resource().get(LabelKey.RESOURCE_ID))
                .containsExactly("/", "logs");
    }

    @Test
    void whatIsNoNumberDoesNotCount() {
        Entity node = node();
        node.samples().add(Metrics.NETWORK_RX_RATE, Double.NaN);
        put(node, 0);

        assertThat(statistics().series()).isEmpty();
    }

    @Property(tries = 200)
    void percentileIsTheOneAtNineteenTwentiethsOfTheOrder(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 1_000_000) Integer> values) {
        EntityStatisticsTest fresh = new EntityStatisticsTest();
        for (int i = 0; i < values.size(); i++) {
            fresh.use(values.get(i), i);
        }
        int[] sorted = values.stream().mapToInt(Integer::intValue).sorted().toArray();
        Figures minute = Objects.requireNonNull(fresh.only().minute());

        assertThat(minute.percentile()).isEqualTo(sorted[(int) (0.95 * sorted.length)]);
        assertThat(minute.max()).isEqualTo(sorted[sorted.length - 1]);
        assertThat(minute.average())
                .isEqualTo(Arrays.stream(sorted).asLongStream().sum() / (double) sorted.length);
    }
}
