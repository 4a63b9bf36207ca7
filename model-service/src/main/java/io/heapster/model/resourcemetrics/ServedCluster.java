package io.heapster.model.resourcemetrics;

import io.heapster.model.ingest.LogReader;
import io.heapster.model.resourcemetrics.json.GoTexts;
import io.heapster.model.store.ClusterHistory;
import io.heapster.model.store.SampleStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The cluster whose usage is served: the configured one, else the only one, else the one named {@code default}. */
@Singleton
final class ServedCluster {
    private static final int FRESH_RESOLUTIONS = 3;
    private static final long LEAST_FRESH_MILLIS = 90_000;

    private final SampleStore store;
    private final BooleanSupplier caughtUp;
    private final Optional<String> configured;
    private final Clock clock;

    @Inject
    ServedCluster(
            SampleStore store,
            LogReader reader,
            @ConfigProperty(name = "heapster.model.cluster") Optional<String> configured) {
        this(store, reader::isCaughtUp, configured, Clock.systemUTC());
    }

    ServedCluster(SampleStore store, BooleanSupplier caughtUp, Optional<String> configured, Clock clock) {
        this.store = store;
        this.caughtUp = caughtUp;
        this.configured = configured;
        this.clock = clock;
    }

    /** @throws UnavailableException before the history was read, and when there is no news of the cluster */
    CurrentUsage now() {
        if (!caughtUp.getAsBoolean()) {
            throw new UnavailableException("the model is still reading its history from the log");
        }
        ClusterHistory cluster = cluster();
        if (cluster == null || cluster.newestTick() == Long.MIN_VALUE) {
            throw new UnavailableException(
                    store.clusters().size() > 1
                            ? "there are several clusters: say by heapster.model.cluster which one is served"
                            : "there are no samples of the cluster yet");
        }
        long newest = cluster.newestTick();
        if (clock.millis() - newest > Math.max(LEAST_FRESH_MILLIS, FRESH_RESOLUTIONS * cluster.resolutionMillis())) {
            throw new UnavailableException("the newest samples of the cluster are of " + GoTexts.time(newest));
        }
        return new CurrentUsage(cluster);
    }

    /** The time of a request, as objects in answers carry it. */
    String requestTime() {
        return GoTexts.time(clock.millis());
    }

    private @Nullable ClusterHistory cluster() {
        if (configured.isPresent()) {
            return store.cluster(configured.get());
        }
        Iterator<ClusterHistory> all = store.clusters().iterator();
        ClusterHistory first = all.hasNext() ? all.next() : null;
        return first != null && !all.hasNext() ? first : store.cluster("default");
    }
}
