package io.heapster.model.resourcemetrics;

import io.heapster.model.ingest.LogReader;
import io.heapster.model.json.GoTime;
import io.heapster.model.store.ClusterChoice;
import io.heapster.model.store.ClusterHistory;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.function.BooleanSupplier;

/** The cluster whose usage is served: the one meant where none is named, while there is news of it. */
@Singleton
final class ServedCluster {
    private static final int FRESH_RESOLUTIONS = 3;
    private static final long LEAST_FRESH_MILLIS = 90_000;

    private final ClusterChoice clusters;
    private final BooleanSupplier caughtUp;
    private final Clock clock;

    @Inject
    ServedCluster(ClusterChoice clusters, LogReader reader) {
        this(clusters, reader::isCaughtUp, Clock.systemUTC());
    }

    ServedCluster(ClusterChoice clusters, BooleanSupplier caughtUp, Clock clock) {
        this.clusters = clusters;
        this.caughtUp = caughtUp;
        this.clock = clock;
    }

    /** @throws UnavailableException before the history was read, and when there is no news of the cluster */
    CurrentUsage now() {
        if (!caughtUp.getAsBoolean()) {
            throw new UnavailableException("the model is still reading its history from the log");
        }
        ClusterHistory cluster = clusters.unnamed();
        if (cluster == null || cluster.newestTick() == Long.MIN_VALUE) {
            throw new UnavailableException(
                    clusters.areSeveral()
                            ? "there are several clusters: say by heapster.model.cluster which one is served"
                            : "there are no samples of the cluster yet");
        }
        long newest = cluster.newestTick();
        if (clock.millis() - newest > Math.max(LEAST_FRESH_MILLIS, FRESH_RESOLUTIONS * cluster.resolutionMillis())) {
            throw new UnavailableException(
                    "the newest samples of the cluster are of " + GoTime.format(GoTime.toSecond(newest)));
        }
        return new CurrentUsage(cluster);
    }

    /** The time of a request, as objects in answers carry it. */
    String requestTime() {
        return GoTime.format(GoTime.toSecond(clock.millis()));
    }
}
