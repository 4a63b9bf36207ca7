package io.heapster.sink.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts what became of one sink's points and events, for the registry and for people. Safe for any number of threads. */
final class Progress {
    /** Why points were put aside; the label {@code reason} of the dead letters' counter. */
    enum Refusal {
        REFUSED,
        TOO_LARGE,
        UNDECODABLE;

        private String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a write is made of. */
    enum Cargo {
        POINTS,
        EVENTS
    }

    private record Problem(String text, Instant at) {}

    private final Clock clock;
    private final MeterRegistry registry;
    private final String sink;
    private final Tally points;
    private final Tally events;
    private final Timer duration;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean begun;
    private volatile boolean stopped;
    private volatile @Nullable Problem problem;

    Progress(String sink, MeterRegistry registry, Clock clock) {
        this.sink = sink;
        this.registry = registry;
        this.clock = clock;
        this.points = new Tally("heapster.sink.points", "Points by what became of them");
        this.events = new Tally("heapster.sink.events", "Kubernetes events by what became of them");
        this.duration = Timer.builder("heapster.sink.write.duration")
                .description("Time a write took, whatever came of it")
                .tag("sink", sink)
                .serviceLevelObjectives(
                        Duration.ofMillis(10),
                        Duration.ofMillis(50),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30))
                .register(registry);
        Gauge.builder("heapster.sink.paused", waiting, count -> count.get() > 0 ? 1 : 0)
                .description("1 while the backend is left alone")
                .tag("sink", sink)
                .register(registry);
        for (Refusal refusal : Refusal.values()) {
            deadLetters(refusal);
        }
    }

    private Counter deadLetters(Refusal refusal) {
        return Counter.builder("heapster.sink.dead.letters")
                .description("Records put on the topic heapster.dead-letters")
                .tag("sink", sink)
                .tag("reason", refusal.text())
                .register(registry);
    }

    void written(Cargo cargo, int count) {
        begun = true;
        of(cargo).written.increment(count);
    }

    void refused(Cargo cargo, Refusal refusal, int count, String reason) {
        begun = true;
        of(cargo).rejected.increment(count);
        deadLetters(refusal).increment();
        failed(reason);
    }

    void retrying(Cargo cargo, int count, String reason) {
        of(cargo).retried.increment(count);
        failed(reason);
    }

    /** Points the user does not want in this sink. */
    void filtered(int count) {
        points.filtered.increment(count);
    }

    /** An event the user does not want in this sink. */
    void filteredEvent() {
        events.filtered.increment();
    }

    /** Points that went into others at a coarser resolution. */
    void merged(int count) {
        points.merged.increment(count);
    }

    private Tally of(Cargo cargo) {
        return cargo == Cargo.EVENTS ? events : points;
    }

    /** Points that are written as they were sampled, since there was no room to merge them. */
    void unmerged(int count) {
        points.unmerged.increment(count);
    }

    /** Points or events among those written that the backend says it had before. */
    void alreadyThere(Cargo cargo, int count) {
        of(cargo).alreadyThere.increment(count);
    }

    void failed(String reason) {
        problem = new Problem(reason, clock.instant());
    }

    void took(long nanos) {
        duration.record(Duration.ofNanos(nanos));
    }

    void waitingBegins() {
        waiting.incrementAndGet();
    }

    void waitingEnds() {
        waiting.decrementAndGet();
    }

    void stopped() {
        stopped = true;
    }

    /** Takes the sink's meters out of the registry, so that a later sink of the name has its own. */
    void forget() {
        for (Meter meter : List.copyOf(registry.getMeters())) {
            Meter.Id id = meter.getId();
            if (id.getName().startsWith("heapster.sink.") && sink.equals(id.getTag("sink"))) {
                registry.remove(meter);
            }
        }
    }

    SinkStatus status(String kind, double delaySeconds) {
        Problem last = problem;
        return new SinkStatus(
                sink,
                kind,
                state(),
                delaySeconds,
                points.counts(),
                events.counts(),
                last == null ? null : last.text,
                last == null ? null : last.at);
    }

    private SinkStatus.State state() {
        if (stopped) {
            return SinkStatus.State.STOPPED;
        }
        if (waiting.get() > 0) {
            return SinkStatus.State.WAITING;
        }
        return begun ? SinkStatus.State.RUNNING : SinkStatus.State.STARTING;
    }

    /** Counters of one cargo. */
    private final class Tally {
        private final Counter written;
        private final Counter rejected;
        private final Counter retried;
        private final Counter filtered;
        private final Counter merged;
        private final Counter unmerged;
        private final Counter alreadyThere;

        Tally(String name, String description) {
            this.written = counter(name, description, "written");
            this.rejected = counter(name, description, "rejected");
            this.retried = counter(name, description, "retried");
            this.filtered = counter(name, description, "filtered");
            this.merged = counter(name, description, "merged");
            this.unmerged = counter(name, description, "unmerged");
            this.alreadyThere = counter(name, description, "already_there");
        }

        private Counter counter(String name, String description, String result) {
            return Counter.builder(name)
                    .description(description)
                    .tag("sink", sink)
                    .tag("result", result)
                    .register(registry);
        }

        private SinkStatus.PointCounts counts() {
            return new SinkStatus.PointCounts(
                    (long) written.count(),
                    (long) rejected.count(),
                    (long) retried.count(),
                    (long) filtered.count(),
                    (long) merged.count(),
                    (long) unmerged.count(),
                    (long) alreadyThere.count());
        }
    }
}
