package io.heapster.contract.sample;

/** Heapster's keys of entities, unique within a cluster. */
public final class EntityKey {
    private EntityKey() {}

    public static String cluster() {
        return "cluster";
    }

    public static String namespace(String namespace) {
        return "namespace:" + namespace;
    }

    public static String node(String node) {
        return "node:" + node;
    }

    public static String systemContainer(String node, String container) {
        return "node:" + node + "/container:" + container;
    }

    public static String pod(String namespace, String pod) {
        return "namespace:" + namespace + "/pod:" + pod;
    }

    public static String podContainer(String namespace, String pod, String container) {
        return "namespace:" + namespace + "/pod:" + pod + "/container:" + container;
    }
}
