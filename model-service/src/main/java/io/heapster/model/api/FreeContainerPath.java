package io.heapster.model.api;

import io.heapster.model.store.ContainerOwner;
import org.jspecify.annotations.Nullable;

/**
 * What stands below {@code freecontainers/}, where the name of a container may itself hold slashes.
 *
 * @param container name of the container
 * @param rest what is asked of it: empty, {@code stats}, {@code metrics} or {@code metrics/{metric}}
 */
record FreeContainerPath(String container, String rest) {
    private static final String METRICS = "/metrics";
    private static final String STATS = "/stats";

    /** Of all ways to read the path the one with the longest name that the node has; else that with the shortest name. */
    static FreeContainerPath of(String path, @Nullable ContainerOwner node) {
        FreeContainerPath shortest = new FreeContainerPath(path, "");
        if (has(node, path)) {
            return shortest;
        }
        if (path.endsWith(STATS)) {
            shortest = cut(path, path.length() - STATS.length());
            if (has(node, shortest.container)) {
                return shortest;
            }
        }
        for (int at = path.lastIndexOf(METRICS); at > 0; at = path.lastIndexOf(METRICS, at - 1)) {
            int after = at + METRICS.length();
            if (after == path.length() || path.charAt(after) == '/') {
                shortest = cut(path, at);
                if (has(node, shortest.container)) {
                    return shortest;
                }
            }
        }
        return shortest;
    }

    private static FreeContainerPath cut(String path, int at) {
        return new FreeContainerPath(path.substring(0, at), path.substring(at + 1));
    }

    private static boolean has(@Nullable ContainerOwner node, String name) {
        return node != null && node.container(name) != null;
    }

    /** The metric asked for, or null. */
    @Nullable
    String metric() {
        return rest.length() > METRICS.length() ? rest.substring(METRICS.length()) : null;
    }

    boolean asksForMetrics() {
        return rest.equals("metrics");
    }

    boolean asksForStatistics() {
        return rest.equals("stats");
    }
}
