package io.heapster.scraper.source.cadvisor;

import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.scraper.source.NodeInventory;
import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.SkipReason;
import io.heapster.scraper.source.Target;
import io.heapster.scraper.source.fetch.Endpoint;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One machine. */
final class CadvisorTarget implements Target {
    private final Host host;
    private final NodeKey key;
    private final Duration longest;
    private final CadvisorReader reader;
    private final CadvisorReader.Machine machine;

    CadvisorTarget(Host host, CadvisorOptions options, CadvisorReader reader) {
        this.host = host;
        this.key = new NodeKey(options.clusterName(), host.name());
        this.longest = options.timeout();
        this.reader = reader;
        this.machine = new CadvisorReader.Machine(
                new Endpoint(host.address(), options.port(), false),
                Labels.of(LabelKey.NODENAME, host.name(), LabelKey.HOSTNAME, host.name()));
    }

    Host host() {
        return host;
    }

    /** The version it was read by last; null before. */
    @Nullable
    CadvisorApi api() {
        return machine.api();
    }

    @Override
    public NodeKey node() {
        return key;
    }

    @Override
    public @Nullable SkipReason skip() {
        return host.address().isEmpty() ? SkipReason.NO_ADDRESS : null;
    }

    @Override
    public CompletionStage<Reading> read(Duration timeout) {
        Duration shorter = timeout.compareTo(longest) < 0 ? timeout : longest;
        return reader.read(machine, shorter).toCompletionStage();
    }

    @Override
    public NodeInventory inventory() {
        return machine.inventory();
    }
}
