package io.heapster.model.export;

import io.heapster.model.json.JsonWriter;
import io.heapster.model.store.ClusterHistory;
import io.heapster.model.store.ContainerOwner;
import io.heapster.model.store.EntityHistory;
import io.heapster.model.store.NamespaceHistory;
import org.jspecify.annotations.Nullable;

/** Writes a cluster's nodes, pods and containers with their newest values. */
final class MetricExport {
    private final ExportedRow row = new ExportedRow();
    private final JsonWriter json;

    private MetricExport(JsonWriter json) {
        this.json = json;
    }

    /** @param cluster null when nothing was ever reported, which is written as {@code null} */
    static void write(@Nullable ClusterHistory cluster, JsonWriter json) {
        if (cluster == null) {
            json.nullValue();
        } else {
            new MetricExport(json).write(cluster);
        }
    }

    private void write(ClusterHistory cluster) {
        json.beginArray();
        for (ContainerOwner node : cluster.nodes()) {
            writeWithContainers(cluster, node);
        }
        for (NamespaceHistory namespace : cluster.namespaces()) {
            for (ContainerOwner pod : namespace.pods()) {
                writeWithContainers(cluster, pod);
            }
        }
        json.endArray();
    }

    private void writeWithContainers(ClusterHistory cluster, ContainerOwner owner) {
        if (!cluster.isCurrent(owner)) {
            return;
        }
        long fromTick = cluster.newestTick() - cluster.resolutionMillis();
        row.write(owner, fromTick, json);
        for (EntityHistory container : owner.containers()) {
            row.write(container, fromTick, json);
        }
    }
}
