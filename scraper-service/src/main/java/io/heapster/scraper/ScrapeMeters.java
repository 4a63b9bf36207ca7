package io.heapster.scraper;

import io.heapster.contract.sample.Outcome;
import io.heapster.scraper.schedule.Answer;
import io.heapster.scraper.schedule.MissedTicks;
import io.heapster.scraper.schedule.Schedule;
import io.heapster.scraper.schedule.TargetBook;
import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.SkipReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Self-metrics of reading. */
final class ScrapeMeters implements MissedTicks {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final Timer readTimes;
    private final Timer failureTimes;
    private final Map<ScrapeException.Reason, Counter> failures = new EnumMap<>(ScrapeException.Reason.class);
    private final Map<SkipReason, Counter> skips = new EnumMap<>(SkipReason.class);
    private final Counter warnings;
    private final Counter droppedBeforeDerive;
    private final Counter paused;
    private final Counter setBack;
    private final AtomicInteger repeated = new AtomicInteger();

    ScrapeMeters(MeterRegistry meters, TargetBook book, Duration resolution, Clock clock) {
        readTimes = durations(meters, "success");
        failureTimes = durations(meters, "failure");
        for (ScrapeException.Reason reason : ScrapeException.Reason.values()) {
            failures.put(
                    reason,
                    Counter.builder("heapster.scrape.failures")
                            .description("Reads that gave no usable answer")
                            .tag("reason", reason.text())
                            .register(meters));
        }
        for (SkipReason reason : SkipReason.values()) {
            skips.put(
                    reason,
                    Counter.builder("heapster.scrape.skips")
                            .description("Turns at which a node was not asked")
                            .tag("reason", reason.text())
                            .register(meters));
        }
        warnings = Counter.builder("heapster.scrape.warnings")
                .description("Parts of answers that could not be used")
                .register(meters);
        droppedBeforeDerive = Counter.builder("heapster.samples.dropped")
                .description("Samples that were lost on the way")
                .tag("stage", "derive")
                .tag("reason", "queue_full")
                .register(meters);
        paused = missedTicks(meters, "paused");
        setBack = missedTicks(meters, "clock_set_back");
        Gauge.builder("heapster.scrape.targets.repeated", repeated, AtomicInteger::get)
                .description("Nodes that several sources tell of under one cluster name: give each its cluster_name")
                .register(meters);
        for (Outcome outcome : Outcome.values()) {
            Gauge.builder(
                            "heapster.scrape.targets",
                            book,
                            all -> all.count(outcome, clock.millis() - 2 * resolution.toMillis()))
                    .description("Nodes read here by how they answered in the last two ticks")
                    .tag("state", state(outcome))
                    .strongReference(true)
                    .register(meters);
        }
    }

    void watch(Schedule schedule, MeterRegistry meters) {
        TimeGauge.builder("heapster.tick.lag", schedule, TimeUnit.MILLISECONDS, loop ->
                        (double) loop.lag().toMillis())
                .description("How far the reading of nodes is behind its plan")
                .register(meters);
    }

    void answered(Answer answer) {
        if (answer instanceof Answer.Read read) {
            readTimes.record(read.took());
            warnings.increment(read.reading().warnings().size());
        } else if (answer instanceof Answer.Failed failed) {
            failed(failed.reason());
            failureTimes.record(failed.took());
        } else if (answer instanceof Answer.Skipped skipped) {
            increment(skips.get(skipped.reason()));
        }
    }

    void failed(ScrapeException.Reason reason) {
        increment(failures.get(reason));
    }

    private static void increment(@Nullable Counter counter) {
        if (counter != null) {
            counter.increment();
        }
    }

    void repeated(int nodes) {
        repeated.set(nodes);
    }

    void droppedBeforeDerive(int samples) {
        droppedBeforeDerive.increment(samples);
    }

    @Override
    public void missed(long ticks, String reason) {
        (reason.equals("paused") ? paused : setBack).increment((double) ticks);
    }

    private static String state(Outcome outcome) {
        return switch (outcome) {
            case OK -> "ready";
            case FAILED -> "failed";
            case SKIPPED -> "skipped";
        };
    }

    private static Timer durations(MeterRegistry meters, String result) {
        return Timer.builder("heapster.scrape.duration")
                .description("From a node's turn to its answer")
                .tag("result", result)
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
    }

    private static Counter missedTicks(MeterRegistry meters, String reason) {
        return Counter.builder("heapster.ticks.skipped")
                .description("Ticks in which no node was read")
                .tag("reason", reason)
                .register(meters);
    }
}
