package io.heapster.scraper.source.kubernetes.discovery;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Listable;
import io.fabric8.kubernetes.client.dsl.Watchable;
import io.heapster.scraper.source.ScrapeException.Reason;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a replica like the API server's objects of one kind: lists them page by page, then follows the changes. A watch
 * that has lasted long is followed by another one from where it was; one that ends by itself by a new list, with a growing
 * pause after failures, and without end until closed. No object is kept whole.
 */
final class Reflector<T extends HasMetadata, L extends KubernetesResourceList<T>, O extends Listable<L> & Watchable<T>>
        implements Runnable, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Reflector.class);
    private static final long PAGE = 500;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;

    private final String resource;
    private final Supplier<O> objects;
    private final Replica<T> replica;
    private final ReflectorMeters meters;
    private final Runnable unauthorized;
    private final long firstPauseMillis;
    private final long longestWatchMillis;
    private volatile boolean synced;
    private volatile boolean closed;
    private volatile @Nullable Thread thread;

    /**
     * @param unauthorized is run when the API server does not know us; may block
     * @param longestWatch a connection that died without a word is found out by then
     */
    Reflector(
            String resource,
            Supplier<O> objects,
            Replica<T> replica,
            ReflectorMeters meters,
            Runnable unauthorized,
            Duration firstPause,
            Duration longestWatch) {
        this.resource = resource;
        this.objects = objects;
        this.replica = replica;
        this.meters = meters;
        this.unauthorized = unauthorized;
        this.firstPauseMillis = firstPause.toMillis();
        this.longestWatchMillis = longestWatch.toMillis();
    }

    void start() {
        Thread runner = new Thread(this, "heapster-" + resource);
        runner.setDaemon(true);
        thread = runner;
        runner.start();
    }

    /** Whether the replica has been complete once. */
    boolean synced() {
        return synced;
    }

    @Override
    public void run() {
        long pause = firstPauseMillis;
        while (!closed) {
            try {
                String version = list();
                synced = true;
                pause = firstPauseMillis;
                while (version != null && !closed) {
                    version = follow(version);
                }
            } catch (KubernetesClientException e) {
                LOG.warnf("again in %d ms: %s", pause, failed(e));
            } catch (InterruptedException e) {
                break;
            } catch (RuntimeException e) {
                // whatever the library meets, discovery has to go on
                meters.failed(Reason.INTERNAL);
                LOG.errorf(e, "%s of the API server, again in %d ms", resource, pause);
            }
            if (!rest(pause)) {
                break;
            }
            pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
        }
    }

    /** Counts the failure, does what may cure it, and says what it was. */
    private String failed(Throwable cause) {
        ApiServerFailure failure = ApiServerFailure.of(resource, cause);
        meters.failed(failure.reason());
        if (failure.reason() == Reason.UNAUTHORIZED) {
            unauthorized.run();
        }
        return failure.message();
    }

    /** Sleeps between one and one and a half times the pause, so that replicas do not come at once. */
    private boolean rest(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis + ThreadLocalRandom.current().nextLong(Math.max(1, millis / 2)));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Returns the version of the objects that the list shows. */
    private String list() {
        Replica.Listing<T> listing = replica.list();
        String next = null;
        String version;
        do {
            L page = objects.get()
                    .list(new ListOptionsBuilder()
                            .withLimit(PAGE)
                            .withContinue(next)
                            .build());
            page.getItems().forEach(listing::add);
            version = page.getMetadata().getResourceVersion();
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty() && !closed);
        listing.complete();
        meters.listed();
        return version;
    }

    /**
     * Follows the changes since a version; the library resumes a broken watch by itself.
     *
     * @return the version to go on from when the watch has lasted long, null when it ended by itself
     */
    private @Nullable String follow(String version) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicReference<String> newest = new AtomicReference<>(version);
        Watcher<T> watcher = new Watcher<>() {
            @Override
            public void eventReceived(Action action, T object) {
                if (ended.getCount() > 0) {
                    apply(action, object);
                    if (action != Action.ERROR) {
                        newest.set(object.getMetadata().getResourceVersion());
                    }
                }
            }

            @Override
            public void onClose() {
                ended.countDown();
            }

            @Override
            public void onClose(WatcherException cause) {
                LOG.debugf("watch ended: %s", failed(cause.getCause() == null ? cause : cause.getCause()));
                ended.countDown();
            }
        };
        try (Watch watch = objects.get()
                .watch(
                        new ListOptionsBuilder()
                                .withResourceVersion(version)
                                .withAllowWatchBookmarks(true)
                                .build(),
                        watcher)) {
            return ended.await(longestWatchMillis, TimeUnit.MILLISECONDS) ? null : newest.get();
        } finally {
            ended.countDown();
        }
    }

    private void apply(Watcher.Action action, T object) {
        meters.heard();
        switch (action) {
            case ADDED, MODIFIED -> replica.changed(object);
            case DELETED -> replica.deleted(object);
            default -> {} // bookmarks change nothing, errors close the watch
        }
    }

    @Override
    public void close() {
        closed = true;
        Thread runner = thread;
        if (runner != null) {
            runner.interrupt();
        }
    }
}
