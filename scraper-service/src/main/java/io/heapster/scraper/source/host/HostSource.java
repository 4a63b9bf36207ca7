package io.heapster.scraper.source.host;

import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.scraper.source.NodeInventory;
import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.SkipReason;
import io.heapster.scraper.source.Source;
import io.heapster.scraper.source.Target;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The one machine this process runs on. It is read by one thread, so that a disk that hangs holds up nothing else. */
final class HostSource implements Source {
    private final HostOptions options;
    private final HostReader reader;
    private final ExecutorService thread;
    private final List<Target> targets;

    HostSource(HostOptions options, Clock clock) {
        this.options = options;
        this.reader = new HostReader(
                options, Labels.of(LabelKey.NODENAME, options.node(), LabelKey.HOSTNAME, options.node()), clock);
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread created = new Thread(task, "host-reader");
            created.setDaemon(true);
            return created;
        });
        this.targets = List.of(new ThisMachine());
    }

    @Override
    public String cluster() {
        return options.cluster();
    }

    @Override
    public void start() {
        // There is nothing to discover.
    }

    @Override
    public boolean synced() {
        return true;
    }

    @Override
    public List<? extends Target> targets() {
        return targets;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private final class ThisMachine implements Target {
        private final NodeKey node = new NodeKey(options.cluster(), options.node());
        private final AtomicBoolean reading = new AtomicBoolean();
        private volatile NodeInventory inventory = NodeInventory.NONE;

        @Override
        public NodeKey node() {
            return node;
        }

        @Override
        public @Nullable SkipReason skip() {
            return null;
        }

        @Override
        public NodeInventory inventory() {
            return inventory;
        }

        @Override
        public CompletionStage<Reading> read(Duration timeout) {
            if (!reading.compareAndSet(false, true)) {
                return CompletableFuture.failedFuture(new ScrapeException(
                        ScrapeException.Reason.TIMEOUT, "the reading before has not ended: does a disk hang?", null));
            }
            CompletableFuture<Reading> answer = new CompletableFuture<>();
            try {
                thread.execute(() -> read(answer));
            } catch (RejectedExecutionException e) {
                reading.set(false);
                answer.completeExceptionally(
                        new ScrapeException(ScrapeException.Reason.INTERNAL, "the source is closed", e));
            }
            return answer;
        }

        private void read(CompletableFuture<Reading> answer) {
            try {
                Reading result = reader.read();
                inventory = reader.inventory();
                reading.set(false);
                answer.complete(result);
            } catch (RuntimeException e) {
                // Whatever the kernel writes one day, the next tick tries again.
                reading.set(false);
                answer.completeExceptionally(
                        new ScrapeException(ScrapeException.Reason.DECODE, "cannot read this machine: " + e, e));
            }
        }
    }
}
