package io.heapster.model.store;

import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides which cluster a question is about. */
public final class ClusterChoice {
    private static final String DEFAULT = "default";

    private final SampleStore store;
    private final Optional<String> configured;

    /** @param configured the cluster meant where none is named */
    public ClusterChoice(SampleStore store, Optional<String> configured) {
        this.store = store;
        this.configured = configured;
    }

    /**
     * @param name of the cluster asked for; null or empty when none is named
     * @return null when it is not there
     */
    public @Nullable ClusterHistory of(@Nullable String name) {
        return name == null || name.isEmpty() ? unnamed() : store.cluster(name);
    }

    /**
     * The cluster meant where none is named: the configured one, else the only one, else the one named {@code default};
     * null when it is not there.
     */
    public @Nullable ClusterHistory unnamed() {
        if (configured.isPresent()) {
            return store.cluster(configured.get());
        }
        Iterator<ClusterHistory> all = store.clusters().iterator();
        ClusterHistory first = all.hasNext() ? all.next() : null;
        return first != null && !all.hasNext() ? first : store.cluster(DEFAULT);
    }

    /** Whether there is more than one to choose from. */
    public boolean areSeveral() {
        return store.clusters().size() > 1;
    }
}
