package io.heapster.model.export;

import io.heapster.model.json.GoJson;
import io.heapster.model.store.ClusterHistory;
import io.heapster.model.store.ContainerOwner;
import io.heapster.model.store.EntityHistory;
import io.heapster.model.store.NamespaceHistory;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Writes a cluster's nodes, pods and containers with their newest values, a few entities at a time. */
final class MetricExport {
    private static final int PIECE = 16 * 1024;

    private final GoJson json = GoJson.compact();
    private final ExportedRow row = new ExportedRow();
    private final OutputStream out;

    private MetricExport(OutputStream out) {
        this.out = out;
    }

    /** @param cluster null when nothing was ever reported, which is written as {@code null} */
    static void write(@Nullable ClusterHistory cluster, OutputStream out) throws IOException {
        MetricExport export = new MetricExport(out);
        if (cluster == null) {
            export.json.nothing();
        } else {
            export.write(cluster);
        }
        export.json.lineBreak().drainTo(out);
    }

    private void write(ClusterHistory cluster) throws IOException {
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

    private void writeWithContainers(ClusterHistory cluster, ContainerOwner owner) throws IOException {
        if (!cluster.isCurrent(owner)) {
            return;
        }
        long fromTick = cluster.newestTick() - cluster.resolutionMillis();
        row.write(owner, fromTick, json);
        for (EntityHistory container : owner.containers()) {
            row.write(container, fromTick, json);
        }
        if (json.pending() > PIECE) {
            json.drainTo(out);
        }
    }
}
