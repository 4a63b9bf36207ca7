package io.heapster.scraper.source.cadvisor;

import io.heapster.contract.uri.ComponentUri;
import io.heapster.scraper.source.Source;
import io.heapster.scraper.source.SourceFactory;
import io.heapster.scraper.source.fetch.Exchanges;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Makes the sources {@code cadvisor:external}, {@code cadvisor:coreos} and {@code cadvisor:fleet}. */
@ApplicationScoped
public class CadvisorSourceFactory implements SourceFactory {
    /** How many machines may be answering at a time. */
    private static final int CONCURRENCY = 100;

    /** As often as Heapster's buddy wrote. */
    private static final Duration FLEET_PERIOD = Duration.ofSeconds(10);

    private static final Duration FILE_PERIOD = Duration.ofSeconds(1);
    private static final Hosts THIS_MACHINE = new Hosts(List.of(new Host("localhost", "127.0.0.1")), List.of());

    private final Vertx vertx;
    private final MeterRegistry registry;
    private final Clock clock;
    private final Duration fleetPeriod;

    @Inject
    public CadvisorSourceFactory(Vertx vertx, MeterRegistry registry) {
        this(vertx, registry, Clock.systemUTC(), FLEET_PERIOD);
    }

    /** @param fleetPeriod from one question for the machines of a fleet cluster to the next */
    CadvisorSourceFactory(Vertx vertx, MeterRegistry registry, Clock clock, Duration fleetPeriod) {
        this.vertx = vertx;
        this.registry = registry;
        this.clock = clock;
        this.fleetPeriod = fleetPeriod;
    }

    @Override
    public Set<String> keys() {
        return Set.of("cadvisor");
    }

    @Override
    public Set<String> options() {
        return CadvisorOptions.NAMES;
    }

    @Override
    public Source create(ComponentUri uri) {
        CadvisorOptions options = CadvisorOptions.of(uri);
        CadvisorMeters meters = new CadvisorMeters(
                registry, options.clusterName(), options.discovery().text());
        Exchanges http = new Exchanges(
                vertx, new CadvisorPeers(meters), new HttpClientOptions(), CONCURRENCY, options.bodyLimit(), clock);
        HostWatch watch =
                switch (options.discovery()) {
                    case STANDALONE -> new HostWatch(() -> THIS_MACHINE, FLEET_PERIOD, meters);
                    case EXTERNAL -> new HostWatch(new HostsFile(options.hostsFile()), FILE_PERIOD, meters);
                    case FLEET -> new HostWatch(new FleetMachines(http, options.fleetEndpoints()), fleetPeriod, meters);
                };
        return new CadvisorSource(options, watch, new CadvisorReader(http, meters, clock), http, meters);
    }
}
