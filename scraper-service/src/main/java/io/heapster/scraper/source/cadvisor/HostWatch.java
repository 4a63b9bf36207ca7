package io.heapster.scraper.source.cadvisor;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Looks again and again what machines there are. Those known last stay while nobody can tell. */
final class HostWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(HostWatch.class);

    private final HostList list;
    private final Duration period;
    private final CadvisorMeters meters;
    private final ScheduledExecutorService thread;
    private volatile List<Host> hosts = List.of();
    private volatile boolean synced;
    /** Why the last look failed; empty if it did not. Of this thread only, as the next. */
    private String trouble = "";

    private List<String> rejected = List.of();

    HostWatch(HostList list, Duration period, CadvisorMeters meters) {
        this.list = list;
        this.period = period;
        this.meters = meters;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread created = new Thread(task, "cadvisor-hosts");
            created.setDaemon(true);
            return created;
        });
    }

    void start() {
        var unused = thread.scheduleWithFixedDelay(this::look, 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether it was told once what machines there are. */
    boolean synced() {
        return synced;
    }

    List<Host> hosts() {
        return hosts;
    }

    private void look() {
        try {
            found(list.look());
        } catch (IOException e) {
            failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // The next look must come, whatever was wrong with this one.
            failed(e.toString());
        }
    }

    private void found(Hosts found) {
        if (!trouble.isEmpty()) {
            LOG.infof(
                    "machines with cAdvisor are known again: %d", found.known().size());
            trouble = "";
        }
        if (!found.rejected().equals(rejected)) {
            rejected = found.rejected();
            meters.hostsRejected(rejected.size());
            for (String line : rejected) {
                LOG.warnf("left out of the machines with cAdvisor: %s", line);
            }
        }
        hosts = found.known();
        synced = true;
    }

    private void failed(String why) {
        meters.lookFailed();
        if (!why.equals(trouble)) {
            trouble = why;
            LOG.warnf(
                    "it cannot be told what machines with cAdvisor there are, the %d known last stay: %s",
                    hosts.size(), why);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
