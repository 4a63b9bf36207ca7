package io.heapster.scraper.source.cadvisor;

import io.heapster.scraper.source.KnownTargets;
import io.heapster.scraper.source.Source;
import io.heapster.scraper.source.fetch.Exchanges;
import java.util.List;

/** The machines of one cluster that is no Kubernetes', each with a cAdvisor. */
final class CadvisorSource implements Source {
    private final CadvisorOptions options;
    private final HostWatch watch;
    private final Exchanges http;
    private final KnownTargets<Host, CadvisorTarget> targets;

    CadvisorSource(
            CadvisorOptions options, HostWatch watch, CadvisorReader reader, Exchanges http, CadvisorMeters meters) {
        this.options = options;
        this.watch = watch;
        this.targets = new KnownTargets<>(host -> new CadvisorTarget(host, options, reader));
        this.http = http;
        meters.watch(() -> watch.hosts().size(), api -> targets.count(target -> target.api() == api));
    }

    @Override
    public String cluster() {
        return options.clusterName();
    }

    @Override
    public void start() {
        watch.start();
    }

    @Override
    public boolean synced() {
        return watch.synced();
    }

    @Override
    public List<CadvisorTarget> targets() {
        return targets.of(watch.hosts());
    }

    @Override
    public void close() {
        watch.close();
        http.close();
    }
}
