package io.heapster.model.api;

import io.heapster.model.store.ClusterHistory;
import io.heapster.model.store.ContainerOwner;
import io.heapster.model.store.EntityHistory;
import io.heapster.model.store.Points;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The answers that the model API gives at every level: what is not there, is null here and empty in the answer. */
@Singleton
class ModelAnswers {
    private final ModelReader reader;
    private final Duration window;

    ModelAnswers(
            ModelReader reader, @ConfigProperty(name = "heapster.model.window", defaultValue = "15m") Duration window) {
        this.reader = reader;
        this.window = window;
    }

    byte[] children(@Nullable EntityHistory entity, String... names) {
        return ModelJson.names(entity == null ? List.of() : List.of(names));
    }

    byte[] names(@Nullable ClusterHistory cluster, Collection<? extends EntityHistory> entities) {
        return ModelJson.names(reader.names(cluster, entities));
    }

    byte[] podsOnNode(@Nullable ClusterHistory cluster, @Nullable ContainerOwner node) {
        return ModelJson.names(reader.podsOnNode(cluster, node));
    }

    byte[] keys(@Nullable ClusterHistory cluster) {
        return ModelJson.names(reader.keys(cluster));
    }

    byte[] metricNames(@Nullable EntityHistory entity) {
        return ModelJson.names(reader.metricNames(entity));
    }

    byte[] series(@Nullable EntityHistory entity, String metric, SeriesQuery query) {
        return ModelJson.series(reader.points(entity, withoutTrailingSlash(metric), query));
    }

    byte[] seriesList(Collection<? extends @Nullable EntityHistory> entities, String metric, SeriesQuery query) {
        List<@Nullable Points> items = new ArrayList<>(entities.size());
        for (EntityHistory entity : entities) {
            items.add(reader.points(entity, withoutTrailingSlash(metric), query));
        }
        return ModelJson.items(items);
    }

    byte[] statistics(@Nullable EntityHistory entity) {
        return statistics(entity, entity == null ? List.of() : List.of(entity));
    }

    /** @param started the entities of which the oldest says how long this one is up */
    byte[] statistics(@Nullable EntityHistory entity, Collection<? extends EntityHistory> started) {
        return ModelJson.statistics(reader.statistics(entity), ModelReader.earliestStart(started), window);
    }

    static String withoutTrailingSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
