package io.heapster.scraper.source.cadvisor;

import io.heapster.scraper.source.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The machines of one cluster that is no Kubernetes', each with a cAdvisor. */
final class CadvisorSource implements Source {
    private final CadvisorOptions options;
    private final HostWatch watch;
    private final CadvisorReader reader;
    private final HttpExchanges http;
    private volatile Snapshot snapshot = new Snapshot(List.of(), List.of());

    /** @param targets of the hosts, in their order */
    private record Snapshot(List<Host> hosts, List<CadvisorTarget> targets) {}

    CadvisorSource(
            CadvisorOptions options,
            HostWatch watch,
            CadvisorReader reader,
            HttpExchanges http,
            CadvisorMeters meters) {
        this.options = options;
        this.watch = watch;
        this.reader = reader;
        this.http = http;
        meters.watch(() -> watch.hosts().size(), this::readBy);
    }

    private int readBy(CadvisorApi api) {
        int count = 0;
        for (CadvisorTarget target : snapshot.targets()) {
            if (target.api() == api) {
                count++;
            }
        }
        return count;
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
        List<Host> hosts = watch.hosts();
        Snapshot known = snapshot;
        return known.hosts() == hosts ? known.targets() : follow(hosts);
    }

    private synchronized List<CadvisorTarget> follow(List<Host> hosts) {
        Map<Host, CadvisorTarget> before = new HashMap<>();
        for (CadvisorTarget target : snapshot.targets()) {
            before.put(target.host(), target);
        }
        List<CadvisorTarget> targets = new ArrayList<>(hosts.size());
        for (Host host : hosts) {
            CadvisorTarget target = before.get(host);
            targets.add(target == null ? new CadvisorTarget(host, options, reader) : target);
        }
        snapshot = new Snapshot(hosts, List.copyOf(targets));
        return snapshot.targets();
    }

    @Override
    public void close() {
        watch.close();
        http.close();
    }
}
