package io.heapster.contract.event;

/**
 * A Kubernetes event as it was at one version. Its identity is {@code (uid, resourceVersion)}: an event that happens
 * again comes again with the same uid, a higher count and a higher version. Texts are empty where the API gives none.
 *
 * @param cluster the source's name of the cluster
 * @param uid of the event object
 * @param resourceVersion of the event object; grows with every change in a cluster
 * @param namespace of the event object; likewise its name
 * @param involved what the event is about
 * @param type {@code Normal} or {@code Warning}
 * @param reason one word, for instance {@code BackOff}
 * @param component who reports it, for instance {@code kubelet}
 * @param host the node of the component
 * @param firstMillis when it happened first, ms since 1970
 * @param lastMillis when it happened last, ms since 1970
 * @param count how often it happened
 * @param json the event object, always one whole JSON object: as the API server gave it without
 *     {@code metadata.managedFields}, or, if that was longer than the scraper's limit, made of the fields above
 * @param fullJsonBytes how long the JSON was before it was reduced; 0 when it is whole
 */
public record EventRecord(
        String cluster,
        String uid,
        long resourceVersion,
        String namespace,
        String name,
        InvolvedObject involved,
        String type,
        String reason,
        String message,
        String component,
        String host,
        long firstMillis,
        long lastMillis,
        int count,
        String json,
        int fullJsonBytes) {

    /** What an event is about. The namespace is empty where the object has none. */
    public record InvolvedObject(String kind, String namespace, String name, String uid) {

        /** An event that does not say what it is about. */
        public static final InvolvedObject NONE = new InvolvedObject("", "", "", "");
    }

    /** Whether the JSON was too long and holds only the most important fields. */
    public boolean isReduced() {
        return fullJsonBytes > 0;
    }

    /** Key of the record in Kafka: the object in its cluster. */
    public String recordKey() {
        return cluster + "/" + involved.kind() + "/" + involved.namespace() + "/" + involved.name();
    }
}
