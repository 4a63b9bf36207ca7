package io.heapster.model.resourcemetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapster.contract.sample.SampleBatch;
import io.heapster.model.store.AdjustableClock;
import io.heapster.model.store.ClusterChoice;
import io.heapster.model.store.CountedRejections;
import io.heapster.model.store.SampleStore;
import io.heapster.model.store.StoreLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which nodes and pods are served, and with what. */
class CurrentUsageTest {
    private static final long TICK = Instant.parse("2026-11-21T08:45:00Z").toEpochMilli();
    private static final long NEXT = TICK + MeasuredCluster.RESOLUTION;
    private static final long THIRD = NEXT + MeasuredCluster.RESOLUTION;
    private static final long MIB = 1 << 20;

    private final AdjustableClock clock = new AdjustableClock(NEXT + 30_000);
    private final SampleStore store = new SampleStore(
            new StoreLimits(Duration.ofMinutes(15), Duration.ofMinutes(2), 1000, 32, 2048),
            clock,
            new CountedRejections());

    private ServedCluster served(Optional<String> configured) {
        return new ServedCluster(new ClusterChoice(store, configured), () -> true, clock);
    }

    private CurrentUsage now() {
        return served(Optional.empty()).now();
    }

    private static MeasuredCluster web() {
        return new MeasuredCluster("default", "n1").pod("shop", "web", "app:web");
    }

    private @Nullable ObjectUsage pod(Completeness completeness) {
        CurrentUsage usage = now();
        return usage.ofPod("shop", Objects.requireNonNull(usage.pod("shop", "web")), completeness);
    }

    private @Nullable ObjectUsage pod() {
        return pod(Completeness.OF_REPORTED_CONTAINERS);
    }

    private static List<String> containers(@Nullable ObjectUsage pod) {
        return Objects.requireNonNull(pod).containers().stream()
                .map(ContainerUsage::name)
                .toList();
    }

    @Test
    void aPodHasTheTimeOfItsContainerMeasuredFirst() {
        store.put(web().container("a")
                .measured(TICK + 10_000, 1_000_000_000L, MIB)
                .container("b")
                .measured(TICK + 5_000, 0, MIB)
                .at(TICK));
        store.put(web().container("a")
                .measured(NEXT + 12_000, 1_000_000_000L + 62 * 1_500_000L, 2 * MIB)
                .rate(1)
                .container("b")
                .measured(NEXT + 2_000, 57 * 250_000_000L, MIB)
                .rate(250)
                .at(NEXT));
        ObjectUsage pod = Objects.requireNonNull(pod());
        assertThat(pod.containers())
                .containsExactly(
                        new ContainerUsage("a", new Usage(1_500_000, 2 * MIB, NEXT + 12_000, 62_000)),
                        new ContainerUsage("b", new Usage(250_000_000, MIB, NEXT + 2_000, 57_000)));
        assertThat(pod.usage()).isEqualTo(new Usage(251_500_000, 3 * MIB, NEXT + 2_000, 57_000));
        assertThat(pod.labels()).isEqualTo("app:web");
    }

    @Test
    void theCounterRefinesTheRateOnlyWhereItDoesNotContradictIt() {
        store.put(web().container("a").measured(TICK, 0, MIB).at(TICK));
        store.put(web().container("a")
                .measured(NEXT, 60 * 7_000_000L, MIB)
                .rate(5)
                .at(NEXT));
        assertThat(Objects.requireNonNull(pod()).usage().nanocores()).isEqualTo(5_000_000);
    }

    @Test
    void aPodIsLeftOutWhileOneOfItsReportedContainersHasNoRate() {
        store.put(web().container("old").measured(TICK, 0, MIB).at(TICK));
        store.put(web().container("old")
                .measured(NEXT, 60_000_000, MIB)
                .rate(1)
                .container("started")
                .measured(NEXT, 1_000, MIB)
                .at(NEXT));
        assertThat(pod()).isNull();
        clock.set(THIRD + 30_000);
        store.put(web().container("old")
                .measured(THIRD, 120_000_000, MIB)
                .rate(1)
                .container("started")
                .measured(THIRD, 60_001_000, MIB)
                .rate(1)
                .at(THIRD));
        assertThat(containers(pod())).containsExactly("old", "started");
    }

    @Test
    void aPodIsLeftOutAfterARestartOfAContainerUntilItsNextMeasurement() {
        store.put(web().container("a").measured(TICK, 60_000_000, MIB).rate(1).at(TICK));
        store.put(web().container("a").measured(NEXT, 5, MIB).at(NEXT));
        assertThat(pod()).isNull();
        assertThat(pod(Completeness.OF_ALL_CONTAINERS)).isNull();
    }

    @Test
    void aMeasurementThatTheKubeletRepeatedKeepsItsUsage() {
        store.put(web().container("a").measured(TICK, 60_000_000, MIB).rate(1).at(TICK));
        store.put(web().container("a").measured(TICK, 60_000_000, MIB).at(NEXT));
        assertThat(Objects.requireNonNull(pod()).usage().measuredMillis()).isEqualTo(TICK);
    }

    @Test
    void aContainerThatWaitsIsNoPartOfItsPodButHeapsterLeftThePodOut() {
        for (long tick : new long[] {TICK, NEXT}) {
            store.put(web().container("a")
                    .measured(tick, tick - TICK, MIB)
                    .rate(0)
                    .container("waits")
                    .requestsOnly()
                    .at(tick));
        }
        assertThat(containers(pod())).containsExactly("a");
        assertThat(pod(Completeness.OF_ALL_CONTAINERS)).isNull();
    }

    @Test
    void aContainerThatIsGoneIsForgottenAfterOneTick() {
        store.put(web().container("a")
                .measured(TICK, 0, MIB)
                .rate(1)
                .container("gone")
                .requestsOnly()
                .at(TICK));
        store.put(web().container("a").measured(NEXT, 0, MIB).rate(1).at(NEXT));
        clock.set(THIRD + 30_000);
        store.put(web().container("a").measured(THIRD, 0, MIB).rate(1).at(THIRD));
        assertThat(containers(pod(Completeness.OF_ALL_CONTAINERS))).containsExactly("a");
    }

    @Test
    void podsAndNodesOfThePastAreNotServed() {
        store.put(web().node("").measured(TICK, 0, MIB).rate(1).at(TICK));
        MeasuredCluster other = new MeasuredCluster("default", "n2");
        clock.set(THIRD + 30_000);
        store.put(other.node("").measured(THIRD, 0, MIB).rate(2).at(THIRD));
        CurrentUsage usage = now();
        assertThat(usage.pod("shop", "web")).isNull();
        assertThat(usage.pods("shop")).isEmpty();
        assertThat(usage.node("n1")).isNull();
        assertThat(usage.nodes()).extracting("name").containsExactly("n2");
        assertThat(usage.node("host-n2")).isNull();
    }

    @Test
    void ratesOfTheSourceAloneAreServedWithTheResolutionAsTheirWindow() {
        store.put(new MeasuredCluster("default", "n1")
                .node("")
                .measured(NEXT + 1, 7, MIB)
                .rate(869)
                .at(NEXT));
        CurrentUsage usage = now();
        ObjectUsage node = Objects.requireNonNull(usage.ofNode(Objects.requireNonNull(usage.node("n1"))));
        assertThat(node.usage()).isEqualTo(new Usage(869_000_000, MIB, NEXT + 1, MeasuredCluster.RESOLUTION));
        assertThat(node.usage().millicores()).isEqualTo(869);
    }

    private static SampleBatch nodeOf(String cluster, long tick) {
        return new MeasuredCluster(cluster, "n1")
                .node("")
                .measured(tick, 0, MIB)
                .rate(1)
                .at(tick);
    }

    @Test
    void nothingIsServedBeforeTheHistoryWasRead() {
        store.put(nodeOf("default", NEXT));
        ClusterChoice clusters = new ClusterChoice(store, Optional.empty());
        assertThatThrownBy(() -> new ServedCluster(clusters, () -> false, clock).now())
                .isInstanceOf(UnavailableException.class)
                .hasMessage("the model is still reading its history from the log");
    }

    @Test
    void nothingIsServedWithoutSamples() {
        assertThatThrownBy(this::now)
                .isInstanceOf(UnavailableException.class)
                .hasMessage("there are no samples of the cluster yet");
    }

    @Test
    void nothingIsServedWhenTheNewestTickIsOlderThanThreeResolutions() {
        store.put(nodeOf("default", NEXT));
        clock.set(NEXT + 3 * MeasuredCluster.RESOLUTION);
        assertThat(now().nodes()).hasSize(1);
        clock.set(NEXT + 3 * MeasuredCluster.RESOLUTION + 1);
        assertThatThrownBy(this::now)
                .isInstanceOf(UnavailableException.class)
                .hasMessage("the newest samples of the cluster are of 2026-11-21T08:46:00Z");
    }

    @Test
    void ofSeveralClustersTheConfiguredOneIsServed() {
        store.put(nodeOf("east", NEXT));
        store.put(nodeOf("west", NEXT));
        assertThat(served(Optional.of("west")).now().nodes()).hasSize(1);
        assertThatThrownBy(this::now)
                .isInstanceOf(UnavailableException.class)
                .hasMessage("there are several clusters: say by heapster.model.cluster which one is served");
        assertThatThrownBy(() -> served(Optional.of("north")).now()).isInstanceOf(UnavailableException.class);
    }
}
