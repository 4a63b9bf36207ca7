package io.heapster.sink.googlecloud;

/** Which monitored resources points and log entries belong to. */
public enum ResourceModel {
    /** All to the project, as with Heapster; labels alone tell them apart. */
    GLOBAL,
    /** {@code k8s_container}, {@code k8s_pod}, {@code k8s_node} and {@code k8s_cluster}. */
    KUBERNETES
}
