package io.heapster.scraper.derive;

import static io.heapster.contract.metric.Metrics.CPU_USAGE;
import static io.heapster.contract.metric.Metrics.CPU_USAGE_RATE;
import static io.heapster.contract.metric.Metrics.MEMORY_PAGE_FAULTS;
import static io.heapster.contract.metric.Metrics.MEMORY_PAGE_FAULTS_RATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.NodeKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

class RatesPropertyTest {
    private static final NodeKey NODE = new NodeKey("c", "n");

    @Property
    void perSecondIsTheExactQuotientRoundedHalfToEven(
            @ForAll @LongRange(min = 0) long growth,
            @ForAll @LongRange(min = 1, max = 10_000_000) long millis,
            @ForAll @IntRange(max = 6) int decimals) {
        double exact = BigDecimal.valueOf(growth)
                .multiply(BigDecimal.valueOf(1_000))
                .divide(BigDecimal.valueOf(millis), decimals, RoundingMode.HALF_EVEN)
                .doubleValue();

        assertThat(RateArithmetic.perSecond(growth, millis, decimals)).isEqualTo(exact);
    }

    @Property
    void millicoresAreTheExactQuotientCutOff(
            @ForAll @LongRange(min = 0) long nanos, @ForAll @LongRange(min = 1, max = 1L << 40) long millis) {
        BigInteger exact = BigInteger.valueOf(nanos)
                .multiply(BigInteger.valueOf(1_000))
                .divide(BigInteger.valueOf(millis).multiply(BigInteger.valueOf(1_000_000)));

        assertThat(BigInteger.valueOf(RateArithmetic.millicores(nanos, millis))).isEqualTo(exact);
    }

    /** Each step: 0 restarts, 1 repeats, 2 falls, 3 goes back in time, else grows. */
    @Property
    void overResetsRepeatsAndFallsTheRateIsTheOraclesOrAbsent(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 12) Integer> steps,
            @ForAll @LongRange(min = 1, max = 100_000_000_000L) long growth) {
        Rates rates = new Rates(Duration.ofDays(1), new SimpleMeterRegistry());
        long start = 1_000_000_000_000L;
        long measured = start + 1_000;
        long value = 0;
        Oracle oracle = new Oracle();
        int tick = 1;
        for (int step : steps) {
            long at = measured;
            switch (step) {
                case 0 -> {
                    start = measured + 500;
                    at = measured + 1_000;
                    value = growth / 3;
                }
                case 1 -> {}
                case 2 -> {
                    at = measured + 1_000;
                    value = value / 2;
                }
                case 3 -> at = measured - 700;
                default -> {
                    at = measured + 100L * step;
                    value += growth / step;
                }
            }
            Entity entity = Cases.container("a", "b", "c");
            entity.started(start);
            entity.measured(at);
            entity.samples().add(CPU_USAGE, value);
            entity.samples().add(MEMORY_PAGE_FAULTS, value);
            rates.rate(NODE, tick++ * 1_000L, List.of(entity));

            BigDecimal perSecond = oracle.next(start, at, value);
            if (perSecond == null) {
                assertThat(entity.samples().has(CPU_USAGE_RATE)).isFalse();
                assertThat(entity.samples().has(MEMORY_PAGE_FAULTS_RATE)).isFalse();
            } else {
                assertThat(entity.samples().doubleOr(MEMORY_PAGE_FAULTS_RATE, -1))
                        .isNotNegative()
                        .isEqualTo(perSecond.setScale(3, RoundingMode.HALF_EVEN).doubleValue());
                assertThat(entity.samples().longOr(CPU_USAGE_RATE, -1))
                        .isNotNegative()
                        .isEqualTo(perSecond
                                .divide(BigDecimal.valueOf(1_000_000))
                                .setScale(0, RoundingMode.DOWN)
                                .longValue());
            }
            measured = Math.max(measured, at);
        }
    }

    /** The rule of DESIGN 4.6, slow and plain. */
    private static final class Oracle {
        private long start = -1;
        private long measured;
        private long value;

        @Nullable
        BigDecimal next(long newStart, long newMeasured, long newValue) {
            if (start != newStart) {
                take(newStart, newMeasured, newValue);
                return null;
            }
            if (newMeasured <= measured) {
                return null;
            }
            BigDecimal growth = BigDecimal.valueOf(newValue - value);
            BigDecimal millis = BigDecimal.valueOf(newMeasured - measured);
            take(newStart, newMeasured, newValue);
            return growth.signum() < 0
                    ? null
                    : growth.multiply(BigDecimal.valueOf(1_000)).divide(millis, 30, RoundingMode.DOWN);
        }

        private void take(long newStart, long newMeasured, long newValue) {
            start = newStart;
            measured = newMeasured;
            value = newValue;
        }
    }
}
