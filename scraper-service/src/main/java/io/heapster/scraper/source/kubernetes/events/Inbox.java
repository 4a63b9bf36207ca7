package io.heapster.scraper.source.kubernetes.events;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where one watch puts what it hears, for the thread that hands it on. When that is slower than the watch, the inbox is
 * full and hears no more; what it holds is still whole and in order.
 */
final class Inbox implements Watcher<GenericKubernetesResource> {

    /** Something the watch said. */
    record Change(Action action, GenericKubernetesResource event) {}

    /** How the watch ended. */
    enum End {
        ENDED,
        GONE,
        FAILED,
        FULL
    }

    private final BlockingQueue<Change> changes;
    private volatile @Nullable End end;
    private volatile String reason = "";

    Inbox(int capacity) {
        changes = new ArrayBlockingQueue<>(capacity);
    }

    /** The next change, waited for; null when none came in time or there will be none. */
    @Nullable
    Change next(Duration atMost) throws InterruptedException {
        return changes.poll(end == null ? atMost.toMillis() : 0, TimeUnit.MILLISECONDS);
    }

    /** How the watch ended, once all it said was taken; null until then. */
    @Nullable
    End end() {
        return changes.isEmpty() ? end : null;
    }

    /** What the watch said at its end. */
    String reason() {
        return reason;
    }

    @Override
    public synchronized void eventReceived(Action action, GenericKubernetesResource event) {
        if (end == null && !changes.offer(new Change(action, event))) {
            end = End.FULL;
        }
    }

    /** No: where to go on is known better by who takes the changes. */
    @Override
    public boolean reconnecting() {
        return false;
    }

    @Override
    public synchronized void onClose() {
        over(End.ENDED, "");
    }

    @Override
    public synchronized void onClose(WatcherException cause) {
        Throwable why = cause.getCause();
        if (cause.isHttpGone()) {
            over(End.GONE, String.valueOf(cause.getMessage()));
        } else if (why == null) {
            over(End.ENDED, String.valueOf(cause.getMessage()));
        } else {
            over(End.FAILED, cause.getMessage() + ": " + why.getMessage());
        }
    }

    private void over(End how, String why) {
        if (end == null) {
            reason = why;
            end = how;
        }
    }
}
