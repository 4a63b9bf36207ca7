package io.heapster.scraper.derive;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeCountersTest {
    private static final long TICK = 30_000;

    private final NodeCounters counters = new NodeCounters();
    private final WithheldTally tally = new WithheldTally();

    @Test
    void everyEntityFindsItsOwnCountersAgainAsTheyGrowAndShrink() {
        for (int tick = 1; tick <= 60; tick++) {
            // Pods 0 to 299 at tick 30, fewer before and behind; pod i uses i + 1 millicores.
            List<Entity> entities = pods(tick <= 30 ? 10 * tick : 10 * (61 - tick), tick);

            counters.advance(entities, tick * TICK, (tick - 3) * TICK, true, tally);

            for (int pod = 0; pod < entities.size(); pod++) {
                boolean isNew = tick <= 30 && pod >= 10 * (tick - 1);
                assertThat(entities.get(pod).samples().longOr(Metrics.CPU_USAGE_RATE, -1))
                        .as("pod %d at tick %d", pod, tick)
                        .isEqualTo(isNew ? -1 : pod + 1);
            }
        }
        assertThat(tally.count(Withheld.FIRST)).isEqualTo(300);
        assertThat(counters.size()).as("those of the last ticks").isBetween(10, 50);
    }

    @Test
    void aNodeWithMoreEntitiesThanItCanCarryIsRatedAsFarAsThat() {
        List<Entity> entities = pods(NodeCounters.MAX_ENTITIES + 7, 1);

        counters.advance(entities, TICK, 0, true, tally);

        assertThat(counters.size()).isEqualTo(NodeCounters.MAX_ENTITIES);
        assertThat(tally.count(Withheld.LIMIT)).isEqualTo(7);
    }

    private static List<Entity> pods(int count, long tick) {
        List<Entity> pods = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Entity pod = Cases.pod("team", "pod-" + i);
            pod.measured(tick * TICK);
            pod.samples().add(Metrics.CPU_USAGE, tick * TICK * 1_000 * (i + 1));
            pods.add(pod);
        }
        return pods;
    }
}
