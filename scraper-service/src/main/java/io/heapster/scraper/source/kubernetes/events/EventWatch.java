package io.heapster.scraper.source.kubernetes.events;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.heapster.contract.event.EventRecord;
import io.heapster.scraper.source.EventSource;
import io.heapster.scraper.source.kubernetes.events.EventMeters.Restart;
import io.heapster.scraper.source.kubernetes.events.EventMeters.Skip;
import io.heapster.scraper.source.kubernetes.events.Inbox.Change;
import io.heapster.scraper.source.kubernetes.events.Inbox.End;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the events of all namespaces. All state is a version: what is not newer was handed on. When the API server
 * no longer holds that version (410), all events are listed and the newer ones handed on.
 */
public final class EventWatch implements EventSource {
    private static final Logger LOG = LoggerFactory.getLogger(EventWatch.class);
    private static final ResourceDefinitionContext EVENTS = new ResourceDefinitionContext.Builder()
            .withVersion("v1")
            .withKind("Event")
            .withPlural("events")
            .withNamespaced(true)
            .build();

    private static final int GONE = 410;
    private static final int FORBIDDEN = 403;
    private static final int LONGEST_LINE = 300;

    /**
     * Bounds, all of them of memory or time.
     *
     * @param jsonBytes longest JSON of an event that is kept whole
     * @param listed most new events of one list
     * @param inbox most events that were heard and not handed on
     * @param watch how long one watch may last; a connection that died without a word is found out by it
     * @param firstPause after the first failure; doubled each time, up to {@code longestPause}
     */
    record Limits(int jsonBytes, int listed, int inbox, Duration watch, Duration firstPause, Duration longestPause) {
        static final Limits DEFAULT = new Limits(
                64 * 1_024, 50_000, 2_000, Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    private static final long PAGE = 500;
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration LISTEN = Duration.ofSeconds(1);

    private final KubernetesClient client;
    private final String cluster;
    private final EventMeters meters;
    private final EventReader reader;
    private final Limits limits;

    public EventWatch(KubernetesClient client, String cluster, MeterRegistry registry, Clock clock) {
        this(client, cluster, registry, clock, Limits.DEFAULT);
    }

    EventWatch(KubernetesClient client, String cluster, MeterRegistry registry, Clock clock, Limits limits) {
        // A watch that breaks must end here: where to go on is known here, and it is to be counted.
        RequestConfig noReconnects = new RequestConfigBuilder(
                        client.getConfiguration().getRequestConfig())
                .withWatchReconnectLimit(0)
                .build();
        this.client = client.newClient(noReconnects).adapt(KubernetesClient.class);
        this.cluster = cluster;
        this.meters = new EventMeters(registry, cluster, clock);
        this.reader = new EventReader(cluster, limits.jsonBytes());
        this.limits = limits;
    }

    @Override
    public String cluster() {
        return cluster;
    }

    @Override
    public void follow(long after, Receiver to) throws IOException, InterruptedException {
        new Following(after, to).run();
    }

    private GenericKubernetesResourceList page(long size, @Nullable String next) {
        return client.genericKubernetesResources(EVENTS)
                .inAnyNamespace()
                .list(new ListOptionsBuilder()
                        .withLimit(size)
                        .withContinue(next)
                        .build());
    }

    private Watch watch(long after, Inbox inbox) {
        ListOptions options = new ListOptionsBuilder()
                .withResourceVersion(Long.toString(after))
                .withAllowWatchBookmarks(true)
                .withTimeoutSeconds(Math.max(1, limits.watch().toSeconds()))
                .build();
        return client.genericKubernetesResources(EVENTS).inAnyNamespace().watch(options, inbox);
    }

    private static long version(GenericKubernetesResourceList list) {
        try {
            return Long.parseLong(list.getMetadata().getResourceVersion());
        } catch (NumberFormatException e) {
            throw new KubernetesClientException("the API server's list of events has the version '"
                    + list.getMetadata().getResourceVersion() + "', which is no number");
        }
    }

    /** One stay as the follower. */
    private final class Following {
        private final Receiver to;
        /** Every event up to this version was handed on. */
        private long handed;
        /** Nothing is to be heard up to this version; 0 when the events have to be listed. */
        private long position;
        /** The last watch lasted as long as was agreed, so it is the same cluster that is asked to go on. */
        private boolean agreed;

        private long pauseMillis = limits.firstPause().toMillis();
        private String complaint = "";

        Following(long after, Receiver to) {
            this.handed = after;
            this.position = after;
            this.to = to;
        }

        void run() throws IOException, InterruptedException {
            while (true) {
                turn();
                TimeUnit.MILLISECONDS.sleep(
                        pauseMillis + ThreadLocalRandom.current().nextLong(1 + pauseMillis / 2));
            }
        }

        private void turn() throws IOException, InterruptedException {
            Inbox inbox = new Inbox(limits.inbox());
            long agreedEnd = System.nanoTime() + limits.watch().toNanos();
            try (Watch opened = open(inbox)) {
                if (opened == null) {
                    return;
                }
                pauseMillis = limits.firstPause().toMillis();
                if (!complaint.isEmpty()) {
                    LOG.info("events of cluster {}: watching again", cluster);
                    complaint = "";
                }
                handOn(inbox, agreedEnd);
            }
        }

        private @Nullable Watch open(Inbox inbox) throws IOException, InterruptedException {
            try {
                boolean sameCluster = agreed;
                agreed = false;
                if (!sameCluster && Math.max(handed, position) > 0) {
                    check(version(page(1, null)));
                }
                if (position == 0) {
                    position = list();
                }
                return watch(position, inbox);
            } catch (KubernetesClientException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while asking the API server");
                }
                failed(e);
                return null;
            }
        }

        private void check(long now) {
            if (now < handed || now < position) {
                LOG.warn(
                        "events of cluster {}: its version is {} and was {}, so it is another cluster now; beginning"
                                + " with all its events",
                        cluster,
                        now,
                        Math.max(handed, position));
                handed = 0;
                position = 0;
            }
        }

        /** Hands on what is new; returns the version the list shows. */
        private long list() throws IOException, InterruptedException {
            Newest newest = new Newest(handed, limits.listed());
            String next = null;
            long version;
            do {
                GenericKubernetesResourceList page = page(PAGE, next);
                for (GenericKubernetesResource event : page.getItems()) {
                    EventRecord record = read(event);
                    if (record != null && !newest.add(record)) {
                        meters.skipped(Skip.KNOWN);
                    }
                }
                version = version(page);
                next = page.getMetadata().getContinue();
            } while (next != null && !next.isEmpty());
            meters.listed();
            if (newest.leftOut() > 0) {
                LOG.warn("events of cluster {}: the oldest {} of a list were left out", cluster, newest.leftOut());
                for (int i = 0; i < newest.leftOut(); i++) {
                    meters.skipped(Skip.TOO_MANY);
                }
            }
            for (EventRecord event : newest.inOrder()) {
                handOn(event);
            }
            return version;
        }

        private void handOn(Inbox inbox, long agreedEnd) throws IOException, InterruptedException {
            long deadline = agreedEnd + GRACE.toNanos();
            while (true) {
                Change change = inbox.next(LISTEN);
                if (change != null) {
                    take(change);
                }
                End end = inbox.end();
                if (end != null) {
                    agreed = end == End.ENDED && System.nanoTime() - agreedEnd >= 0;
                    ended(end, inbox.reason());
                    return;
                }
                if (change == null && System.nanoTime() - deadline > 0) {
                    ended(End.FAILED, "its end is overdue");
                    return;
                }
            }
        }

        private void take(Change change) throws IOException, InterruptedException {
            switch (change.action()) {
                case ADDED, MODIFIED -> {
                    EventRecord event = read(change.event());
                    if (event != null && event.resourceVersion() <= handed) {
                        meters.skipped(Skip.KNOWN);
                    } else if (event != null) {
                        handOn(event);
                        position = event.resourceVersion();
                    }
                }
                case DELETED -> {
                    meters.skipped(Skip.DELETED);
                    heardUpTo(change.event());
                }
                case BOOKMARK -> heardUpTo(change.event());
                case ERROR -> LOG.debug("events of cluster {}: the watch tells of an error", cluster);
            }
        }

        private void heardUpTo(GenericKubernetesResource event) {
            try {
                position = Math.max(position, EventReader.version(event.getMetadata()));
            } catch (MalformedObjectException e) {
                meters.skipped(Skip.MALFORMED);
            }
        }

        private @Nullable EventRecord read(GenericKubernetesResource event) {
            try {
                return reader.read(event);
            } catch (MalformedObjectException e) {
                LOG.debug("events of cluster {}: {}", cluster, e.getMessage());
                meters.skipped(Skip.MALFORMED);
                return null;
            }
        }

        private void handOn(EventRecord event) throws IOException, InterruptedException {
            to.take(event);
            handed = event.resourceVersion();
            meters.handedOn(event.isReduced());
        }

        private void ended(End end, String reason) {
            switch (end) {
                case ENDED -> meters.restarted(Restart.ENDED);
                case FULL -> meters.restarted(Restart.BEHIND);
                case GONE -> gone();
                case FAILED -> {
                    meters.restarted(Restart.FAILED);
                    complain("the watch broke, going on from version " + position + ": " + reason);
                }
            }
        }

        private void gone() {
            meters.restarted(Restart.GONE);
            LOG.debug("events of cluster {}: version {} is no longer held, listing", cluster, position);
            position = 0;
        }

        private void failed(KubernetesClientException e) {
            if (e.getCode() == GONE) {
                gone();
                return;
            }
            meters.restarted(Restart.FAILED);
            pauseMillis = Math.min(limits.longestPause().toMillis(), 2 * pauseMillis);
            complain(
                    e.getCode() == FORBIDDEN
                            ? "the API server forbids to read them; give the service account the rule apiGroups [\"\"],"
                                    + " resources [events], verbs [list, watch], or set heapster.scraper.events=false"
                            : String.valueOf(e.getMessage()));
        }

        /** Once for each new reason, not at every attempt. */
        private void complain(String reason) {
            String line = reason.replaceAll("\\p{Cntrl}+", " ");
            line = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line;
            if (!line.equals(complaint)) {
                LOG.warn("events of cluster {}: {}", cluster, line);
            }
            complaint = line;
        }
    }
}
