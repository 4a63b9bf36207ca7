package io.heapster.scraper.source.kubernetes.events;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What is counted of one cluster's events. */
final class EventMeters {
    /** Why an event that was seen is not handed on. */
    enum Skip {
        /** It was handed on before. */
        KNOWN,
        /** It was deleted, as every event is some time after it last happened. */
        DELETED,
        /** It has no UID, version or time. */
        MALFORMED,
        /** A list had more new events than the limit; the oldest were left out. */
        TOO_MANY
    }

    /** Why a watch ended. */
    enum Restart {
        /** The API server ended it, as it does after some minutes. */
        ENDED,
        /** Its version is no longer held: all events are listed. */
        GONE,
        /** Events came faster than they were taken. */
        BEHIND,
        FAILED
    }

    private final Clock clock;
    private final Map<Skip, Counter> skipped = new EnumMap<>(Skip.class);
    private final Map<Restart, Counter> restarts = new EnumMap<>(Restart.class);
    private final Counter lists;
    private final Counter reduced;
    private volatile long lastMillis;

    EventMeters(MeterRegistry registry, String cluster, Clock clock) {
        this.clock = clock;
        for (Skip reason : Skip.values()) {
            skipped.put(
                    reason,
                    Counter.builder("heapster.events.skipped")
                            .description("Events that were seen and not handed on")
                            .tag("cluster", cluster)
                            .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        for (Restart reason : Restart.values()) {
            restarts.put(
                    reason,
                    Counter.builder("heapster.events.watch.restarts")
                            .description("Watches of events that ended and were begun anew")
                            .tag("cluster", cluster)
                            .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        lists = Counter.builder("heapster.events.lists")
                .description("Complete lists of events got from the API server")
                .tag("cluster", cluster)
                .register(registry);
        reduced = Counter.builder("heapster.events.reduced")
                .description("Events whose JSON was too long and holds only the most important fields")
                .tag("cluster", cluster)
                .register(registry);
        TimeGauge.builder("heapster.events.last.age", this, TimeUnit.MILLISECONDS, EventMeters::ageMillis)
                .description("Time since an event was handed on last; not a number before the first")
                .tag("cluster", cluster)
                .strongReference(true)
                .register(registry);
    }

    private double ageMillis() {
        return lastMillis == 0 ? Double.NaN : clock.millis() - lastMillis;
    }

    void handedOn(boolean isReduced) {
        lastMillis = clock.millis();
        if (isReduced) {
            reduced.increment();
        }
    }

    void skipped(Skip reason) {
        Counter counter = skipped.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    void restarted(Restart reason) {
        Counter counter = restarts.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    void listed() {
        lists.increment();
    }
}
