package io.heapster.simulator.apiserver;

import org.jspecify.annotations.Nullable;

/**
 * What a path under {@code /api/v1} names.
 *
 * @param kind kind of object
 * @param namespace empty for all
 * @param name empty for all
 */
record ApiPath(ResourceKind kind, String namespace, String name) {
    private static final String ROOT = "/api/v1/";

    /** Null when the path names nothing. */
    static @Nullable ApiPath parse(String path) {
        if (!path.startsWith(ROOT)) {
            return null;
        }
        String[] parts = path.substring(ROOT.length()).split("/", -1);
        boolean inNamespace = parts.length >= 3 && parts[0].equals(ResourceKind.NAMESPACES.plural());
        int at = inNamespace ? 2 : 0;
        if (parts.length > at + 2) {
            return null;
        }
        for (ResourceKind kind : ResourceKind.values()) {
            if (kind.plural().equals(parts[at]) && (!inNamespace || kind.namespaced())) {
                String name = parts.length == at + 2 ? parts[at + 1] : "";
                return new ApiPath(kind, inNamespace ? parts[1] : "", name);
            }
        }
        return null;
    }
}
