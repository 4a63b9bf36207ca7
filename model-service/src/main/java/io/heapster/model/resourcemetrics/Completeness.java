package io.heapster.model.resourcemetrics;

/** Which containers must have been measured for their pod to be served; without one of these the pod is left out. */
enum Completeness {
    /** Those that the kubelet reports, as metrics-server has it: one that waits to be started is no part of its pod. */
    OF_REPORTED_CONTAINERS,
    /** Those that the pod consists of, as Heapster had it. */
    OF_ALL_CONTAINERS
}
