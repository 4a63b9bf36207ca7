package io.heapster.scraper.source.kubernetes.discovery;

import io.heapster.scraper.source.ScrapeException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;

/** What is counted of one reflector. */
final class ReflectorMeters {
    private final MeterRegistry registry;
    private final Tags tags;
    private final Clock clock;
    private final Counter relists;
    private final Counter events;
    private final Counter watchErrors;
    private volatile long lastHeardMillis;

    ReflectorMeters(MeterRegistry registry, Clock clock, String cluster, String resource, Replica<?> replica) {
        this.registry = registry;
        this.clock = clock;
        this.lastHeardMillis = clock.millis();
        this.tags = Tags.of("cluster", cluster, "resource", resource);
        relists = Counter.builder("heapster.discovery.relists")
                .description("Complete lists got from the API server")
                .tags(tags)
                .register(registry);
        events = Counter.builder("heapster.discovery.events")
                .description("Changes heard of from the API server")
                .tags(tags)
                .register(registry);
        watchErrors = Counter.builder("heapster.discovery.watch.errors")
                .description("Lists and watches that failed or were ended by the API server")
                .tags(tags)
                .register(registry);
        Gauge.builder("heapster.discovery.seconds.since.event", this, ReflectorMeters::secondsSinceEvent)
                .description("Seconds since the API server was heard of")
                .tags(tags)
                .strongReference(true)
                .register(registry);
        Gauge.builder("heapster.discovery.objects", replica, Replica::size)
                .description("Objects kept")
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    void listed() {
        relists.increment();
        lastHeardMillis = clock.millis();
    }

    void heard() {
        events.increment();
        lastHeardMillis = clock.millis();
    }

    void failed(ScrapeException.Reason reason) {
        watchErrors.increment();
        Counter.builder("heapster.discovery.failures")
                .description("Lists and watches that failed or were ended by the API server, by reason")
                .tags(tags)
                .tag("reason", reason.text())
                .register(registry)
                .increment();
    }

    private double secondsSinceEvent() {
        return (clock.millis() - lastHeardMillis) / 1000.0;
    }
}
