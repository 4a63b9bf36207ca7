package io.heapster.scraper.source;

import io.heapster.contract.sample.Labels;
import java.util.List;
import java.util.Map;

/**
 * What the cluster's API knows of one node: the inputs of enrichment. Amounts are 0 where the API gives none.
 *
 * @param known false outside Kubernetes, where there is nothing to enrich with
 * @param nodeLabels the node's own labels
 * @param cpuCapacityMillis processor capacity in millicores; likewise the allocatable
 * @param memoryCapacity bytes; likewise the allocatable, and ephemeral storage
 * @param pods the pods bound to the node, finished ones included
 * @param namespaceIds UID by namespace name
 */
public record NodeInventory(
        boolean known,
        Labels nodeLabels,
        double cpuCapacityMillis,
        double cpuAllocatableMillis,
        double memoryCapacity,
        double memoryAllocatable,
        double ephemeralStorageCapacity,
        double ephemeralStorageAllocatable,
        boolean schedulable,
        List<Pod> pods,
        Map<String, String> namespaceIds) {

    public static final NodeInventory NONE =
            new NodeInventory(false, Labels.EMPTY, 0, 0, 0, 0, 0, 0, true, List.of(), Map.of());

    /**
     * A pod as its spec and status say.
     *
     * @param uid tells a pod from another that had its name
     * @param kubeletUid the UID its kubelet knows it by: another one for a static pod, whose object in the API is a mirror
     * @param ip empty while it has none
     * @param labels the pod's own labels, unjoined
     * @param workload what made the pod
     * @param containers the app and sidecar containers, which are there as long as the pod
     * @param passing the init and ephemeral containers, which come and go
     */
    public record Pod(
            String uid,
            String kubeletUid,
            String namespace,
            String name,
            String ip,
            boolean hostNetwork,
            OwnLabels labels,
            Workload workload,
            List<Container> containers,
            List<Container> passing) {

        /** A pod that nothing made, with the usual containers only. */
        public Pod(
                String uid,
                String kubeletUid,
                String namespace,
                String name,
                String ip,
                boolean hostNetwork,
                Labels labels,
                List<Container> containers) {
            this(
                    uid,
                    kubeletUid,
                    namespace,
                    name,
                    ip,
                    hostNetwork,
                    new OwnLabels(labels),
                    Workload.NONE,
                    containers,
                    List.of());
        }
    }

    /**
     * What made a pod and would make it again.
     *
     * @param kind such as {@code Deployment}; empty where there is none
     * @param name in the pod's namespace
     */
    public record Workload(String kind, String name) {
        public static final Workload NONE = new Workload("", "");
    }

    /** What a container is to its pod. */
    public enum ContainerType {
        APP(""),
        INIT("init"),
        SIDECAR("sidecar"),
        EPHEMERAL("ephemeral");

        private final String label;

        ContainerType(String label) {
            this.label = label;
        }

        /** Value of the label {@code container_type}; empty for an app container. */
        public String label() {
            return label;
        }
    }

    /**
     * A container as its spec and status say. Requests and limits are those in force, 0 where there is none.
     *
     * @param cpuRequestMillis millicores; likewise the limit
     * @param memoryRequest bytes; likewise the limit, and ephemeral storage
     */
    public record Container(
            ContainerType type,
            String name,
            String image,
            long cpuRequestMillis,
            long cpuLimitMillis,
            long memoryRequest,
            long memoryLimit,
            long ephemeralStorageRequest,
            long ephemeralStorageLimit,
            long restartCount) {

        /** An app container. */
        public Container(
                String name,
                String image,
                long cpuRequestMillis,
                long cpuLimitMillis,
                long memoryRequest,
                long memoryLimit,
                long ephemeralStorageRequest,
                long ephemeralStorageLimit,
                long restartCount) {
            this(
                    ContainerType.APP,
                    name,
                    image,
                    cpuRequestMillis,
                    cpuLimitMillis,
                    memoryRequest,
                    memoryLimit,
                    ephemeralStorageRequest,
                    ephemeralStorageLimit,
                    restartCount);
        }
    }
}
