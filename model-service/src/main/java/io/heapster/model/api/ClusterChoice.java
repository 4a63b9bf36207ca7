package io.heapster.model.api;

import io.heapster.model.store.ClusterHistory;
import io.heapster.model.store.SampleStore;
import jakarta.inject.Singleton;
import java.util.Iterator;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Decides which cluster a request means. */
@Singleton
public final class ClusterChoice {
    private final SampleStore store;
    private final Optional<String> configured;

    /** @param configured the cluster meant when a request names none */
    ClusterChoice(SampleStore store, @ConfigProperty(name = "heapster.model.cluster") Optional<String> configured) {
        this.store = store;
        this.configured = configured;
    }

    /**
     * The cluster asked for, else the configured one, else the only one, else the one named {@code default}; null when
     * it is not there.
     */
    public @Nullable ClusterHistory of(ClusterQuery asked) {
        if (asked.name != null && !asked.name.isEmpty()) {
            return store.cluster(asked.name);
        }
        if (configured.isPresent()) {
            return store.cluster(configured.get());
        }
        Iterator<ClusterHistory> all = store.clusters().iterator();
        ClusterHistory first = all.hasNext() ? all.next() : null;
        return first != null && !all.hasNext() ? first : store.cluster("default");
    }
}
