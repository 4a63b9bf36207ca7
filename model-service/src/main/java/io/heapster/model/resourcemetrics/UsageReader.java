package io.heapster.model.resourcemetrics;

import static io.heapster.contract.metric.Metrics.CPU_USAGE;
import static io.heapster.contract.metric.Metrics.CPU_USAGE_RATE;
import static io.heapster.contract.metric.Metrics.MEMORY_WORKING_SET;
import static io.heapster.contract.metric.Metrics.UPTIME;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.sample.Samples;
import io.heapster.model.store.EntityHistory;
import io.heapster.model.store.Measurement;
import io.heapster.model.store.RowReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the newest usage of nodes and containers. Not for several threads. */
final class UsageReader {
    private static final List<Metric> SERVED = List.of(CPU_USAGE_RATE, MEMORY_WORKING_SET, CPU_USAGE);
    private static final List<Metric> SERVED_WITHOUT_COUNTER = List.of(CPU_USAGE_RATE, MEMORY_WORKING_SET);
    private static final List<Metric> FROM_THE_SOURCE = List.of(UPTIME, CPU_USAGE, MEMORY_WORKING_SET);
    private static final List<Metric> ANY = List.of();
    private static final long NANOCORES_A_MILLICORE = 1_000_000;
    private static final long MILLIS_A_SECOND = 1_000;

    private final long resolutionMillis;
    private final long fromTick;
    private final RowReader rows = new RowReader();
    private final Samples samples = new Samples();

    /** @param fromTick the oldest tick whose usage is still that of now */
    UsageReader(long resolutionMillis, long fromTick) {
        this.resolutionMillis = resolutionMillis;
        this.fromTick = fromTick;
    }

    /**
     * The newest usage. None when something newer was measured that has no processor use or no memory, which is so after
     * a start; a measurement that a source repeated is not newer.
     */
    @Nullable
    Usage read(EntityHistory entity) {
        Measurement measured = readServed(entity);
        if (measured != null && measured.tickMillis() >= entity.seenMillis()) {
            return usage(measured);
        }
        // A row without usage may be the newest one, or one is being added at this moment: in this order no new row can
        // come between the two.
        Measurement newest = readNewest(entity, ANY);
        measured = readServed(entity);
        return measured == null || (newest != null && newest.measuredMillis() > measured.measuredMillis())
                ? null
                : usage(measured);
    }

    /** Whether the source reported it at all at its newest tick, rather than the API server alone. */
    boolean isReportedBySource(EntityHistory entity) {
        Measurement newest = readNewest(entity, ANY);
        samples.clear();
        return newest != null
                && rows.readRow(entity, newest.tickMillis(), FROM_THE_SOURCE, samples)
                && !samples.isEmpty();
    }

    private @Nullable Measurement readServed(EntityHistory entity) {
        Measurement measured = readNewest(entity, SERVED);
        if (measured != null && measured.tickMillis() >= entity.seenMillis()) {
            return measured;
        }
        return readNewest(entity, SERVED_WITHOUT_COUNTER);
    }

    private @Nullable Measurement readNewest(EntityHistory entity, List<Metric> metrics) {
        samples.clear();
        return rows.readLatest(entity, metrics, fromTick, samples);
    }

    private Usage usage(Measurement measured) {
        long millicores = samples.longOr(CPU_USAGE_RATE, 0);
        long bytes = samples.longOr(MEMORY_WORKING_SET, 0);
        long window = measured.windowMillis() == 0 ? resolutionMillis : measured.windowMillis();
        return new Usage(nanocores(measured.windowMillis(), millicores), bytes, measured.measuredMillis(), window);
    }

    /** The rate to the nanocore, out of the counter it was made of, if that is known and does not contradict it. */
    private long nanocores(long windowMillis, long millicores) {
        long rate = millicores * NANOCORES_A_MILLICORE;
        int counter = samples.indexOf(CPU_USAGE);
        if (counter < 0 || windowMillis == 0) {
            return rate;
        }
        long growth = rows.growth(CPU_USAGE, samples.longValue(counter));
        if (growth < 0 || growth > Long.MAX_VALUE / MILLIS_A_SECOND) {
            return rate;
        }
        long nanocores = growth * MILLIS_A_SECOND / windowMillis;
        return nanocores / NANOCORES_A_MILLICORE == millicores ? nanocores : rate;
    }
}
