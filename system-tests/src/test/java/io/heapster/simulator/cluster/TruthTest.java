package io.heapster.simulator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

final class TruthTest {
    private static final Instant BORN = Instant.parse("2026-11-21T00:00:00Z");

    @Property
    void theRateBetweenAnyTwoInstantsIsTheContainersRate(
            @ForAll long seed,
            @ForAll @LongRange(min = 4_000, max = 1_000_000) long after,
            @ForAll @LongRange(min = 1, max = 1_000_000) long later) {
        Truth truth = new Truth(Duration.ofSeconds(15));
        SimulatedContainer container = anyContainer(seed);
        Instant first = BORN.plusSeconds(after);
        Instant second = first.plusSeconds(later);

        long nanos = truth.cpuUsageNanos(container, second) - truth.cpuUsageNanos(container, first);

        assertThat(nanos / later / 1_000_000).isEqualTo(truth.cpuUsageRateMillicores(container));
        assertThat(truth.pageFaults(container, second) - truth.pageFaults(container, first))
                .isEqualTo(container.load().pageFaultsPerSecond() * later);
    }

    @Property
    void aSampleIsAWholeSecondOldAtMostTheSpreadAndRepeatedUntilTheNext(
            @ForAll long seed,
            @ForAll @LongRange(min = 4_000_000, max = 1_000_000_000) long askedMillis,
            @ForAll @IntRange(min = 0, max = 15) int spread) {
        Truth truth = new Truth(Duration.ofSeconds(spread));
        SimulatedContainer container = anyContainer(seed);
        Instant asked = BORN.plusMillis(askedMillis);

        Instant sample = truth.sampleTime(container, asked);

        assertThat(sample).isEqualTo(sample.truncatedTo(ChronoUnit.SECONDS));
        assertThat(Duration.between(sample, asked)).isBetween(Duration.ZERO, Duration.ofSeconds(Math.max(1, spread)));
        assertThat(truth.sampleTime(container, sample)).isEqualTo(sample);
    }

    @Property
    void everythingIsTheSameForTheSameSeed(@ForAll long seed) {
        assertThat(anyPod(seed)).isEqualTo(anyPod(seed));
        assertThat(anyPod(seed).uid()).isNotEqualTo(anyPod(seed + 1).uid());
    }

    private static SimulatedContainer anyContainer(long seed) {
        return anyPod(seed).containers().get(0);
    }

    private static SimulatedPod anyPod(long seed) {
        ClusterShape shape = ClusterShape.of(1, 1).withSeed(seed).withBirth(BORN);
        return new SimulatedCluster(shape, Clock.systemUTC()).pods().get(0);
    }
}
