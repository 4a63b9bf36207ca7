package io.heapster.simulator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SimulatedClusterTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final SimulatedCluster cluster =
            new SimulatedCluster(ClusterShape.of(100, 30).withDaemonPods(1), clock);

    @Test
    void hasTheShapeAskedFor() {
        List<SimulatedPod> pods = cluster.pods();
        long containers =
                pods.stream().mapToLong(pod -> pod.containers().size()).sum();

        assertThat(cluster.nodes()).hasSize(100);
        assertThat(pods).hasSize(3_100);
        assertThat((double) containers / pods.size()).isCloseTo(1.3, within(0.05));
        assertThat(pods.stream().filter(SimulatedPod::hostNetwork)).hasSize(100);
    }

    @Test
    void namesAddressesAndUidsAreUnique() {
        Set<String> names = new HashSet<>();
        Set<String> uids = new HashSet<>();
        for (SimulatedPod pod : cluster.pods()) {
            names.add(pod.namespace() + "/" + pod.name());
            uids.add(pod.uid());
        }

        assertThat(names).hasSize(3_100);
        assertThat(uids).hasSize(3_100);
        assertThat(cluster.nodes().stream().map(SimulatedNode::address).distinct())
                .hasSize(100);
        for (SimulatedNode node : cluster.nodes()) {
            assertThat(LoopbackAddress.indexOf(node.address())).isEqualTo(node.index());
        }
    }

    @Test
    void aRecreatedPodKeepsItsNameAndNothingElse() {
        SimulatedPod before = cluster.pods().get(0);

        SimulatedPod after = cluster.recreatePod(before);

        assertThat(after.name()).isEqualTo(before.name());
        assertThat(after.namespace()).isEqualTo(before.namespace());
        assertThat(after.uid()).isNotEqualTo(before.uid());
        assertThat(after.startedAt()).isEqualTo(NOW);
        assertThat(cluster.pods(before.node())).contains(after).doesNotContain(before);
        assertThatThrownBy(() -> cluster.removePod(before)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRestartedContainerCountsAgainFromZero() {
        SimulatedPod pod = cluster.pods().get(0);
        SimulatedContainer before = pod.containers().get(0);

        SimulatedContainer after = cluster.restartContainer(pod, before.name()).container(before.name());

        assertThat(after.restarts()).isEqualTo(before.restarts() + 1);
        assertThat(after.load()).isEqualTo(before.load());
        assertThat(cluster.truth().cpuUsageNanos(after, NOW)).isZero();
        assertThat(cluster.truth().cpuUsageNanos(before, NOW)).isPositive();
    }

    @Test
    void spreadsFaultsOverSoManyNodesAndNoNodeGetsTwo() {
        List<String> hanging = cluster.spread(new Fault.Hang(), 0.05);
        List<String> truncated = cluster.spread(new Fault.Truncated(), 0.02);

        assertThat(hanging).hasSize(5);
        assertThat(truncated).hasSize(2).doesNotContainAnyElementsOf(hanging);
        assertThat(cluster.fault(hanging.get(0))).isEqualTo(new Fault.Hang());

        cluster.healAll();

        assertThat(cluster.fault(hanging.get(0))).isNull();
    }

    @Test
    void churnMakesAShareOfThePodsAgain() {
        assertThat(cluster.churn(0.1)).hasSize(300);
        assertThat(cluster.pods()).hasSize(3_100);
    }

    @Test
    void readsFaultsAsTyped() {
        assertThat(Fault.parse("hang")).isEqualTo(new Fault.Hang());
        assertThat(Fault.parse("slow=1.5s")).isEqualTo(new Fault.Slow(Duration.ofMillis(1_500)));
        assertThat(Fault.parse("status=401")).isEqualTo(new Fault.Status(401));
        assertThatThrownBy(() -> Fault.parse("sleepy"))
                .hasMessageContaining("sleepy")
                .hasMessageContaining("hang");
    }
}
