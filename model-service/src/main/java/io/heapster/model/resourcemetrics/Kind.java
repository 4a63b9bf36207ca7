package io.heapster.model.resourcemetrics;

/** What usage is served of. */
enum Kind {
    NODES("nodes", "node", "NodeMetrics", false),
    PODS("pods", "pods", "PodMetrics", true);

    static final String GROUP = "metrics.k8s.io";
    static final String VERSION = "v1beta1";
    static final String GROUP_VERSION = GROUP + "/" + VERSION;

    private final String resource;
    private final String unknown;
    private final String kind;
    private final boolean namespaced;

    Kind(String resource, String unknown, String kind, boolean namespaced) {
        this.resource = resource;
        this.unknown = unknown;
        this.kind = kind;
        this.namespaced = namespaced;
    }

    /** Its name in paths. */
    String resource() {
        return resource;
    }

    /** What it is called where one is not there at all. */
    String unknown() {
        return unknown;
    }

    /** Kind of one object; a list's kind ends in {@code List}. */
    String kind() {
        return kind;
    }

    boolean isNamespaced() {
        return namespaced;
    }
}
