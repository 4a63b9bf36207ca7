package io.heapster.simulator.apiserver;

import java.util.Locale;

/** The kinds of objects served under {@code /api/v1}. */
public enum ResourceKind {
    NODES("Node", false),
    NAMESPACES("Namespace", false),
    PODS("Pod", true),
    EVENTS("Event", true);

    private final String kind;
    private final boolean namespaced;

    ResourceKind(String kind, boolean namespaced) {
        this.kind = kind;
        this.namespaced = namespaced;
    }

    /** The object's kind: Pod. */
    public String kind() {
        return kind;
    }

    /** The name in a path: pods. */
    public String plural() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether objects live in namespaces. */
    public boolean namespaced() {
        return namespaced;
    }
}
