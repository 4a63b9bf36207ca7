package io.heapster.contract.sample;

import java.util.Set;

/** The keys of labels that entities carry (Heapster's names). */
public final class LabelKey {
    /** Type of the entity; never stored, since {@link Entity#type()} says it. */
    public static final String TYPE = "type";
    /** Name of the cluster; never stored, since {@link SampleBatch#cluster()} says it. */
    public static final String CLUSTER_NAME = "cluster_name";

    public static final String NODENAME = "nodename";
    public static final String HOSTNAME = "hostname";
    public static final String HOST_ID = "host_id";
    public static final String POD_ID = "pod_id";
    public static final String POD_NAME = "pod_name";
    public static final String POD_IP = "pod_ip";
    public static final String NAMESPACE_NAME = "namespace_name";
    public static final String NAMESPACE_ID = "namespace_id";
    public static final String CONTAINER_NAME = "container_name";
    public static final String CONTAINER_BASE_IMAGE = "container_base_image";
    /** {@code init}, {@code sidecar} or {@code ephemeral}; none on a container that is nothing special. */
    public static final String CONTAINER_TYPE = "container_type";
    /** Kind of what made the pod, such as {@code Deployment}; none on a pod that nothing made. */
    public static final String WORKLOAD_KIND = "workload_kind";
    /** Name of what made the pod, in the pod's namespace. */
    public static final String WORKLOAD_NAME = "workload_name";
    /** All labels of the pod or node, joined: {@code key:value,key:value}, sorted. */
    public static final String LABELS = "labels";
    /** {@code true} or {@code false}, on nodes of Kubernetes. */
    public static final String SCHEDULABLE = "schedulable";
    /** {@code true} on a pod that uses its node's network, whose counters therefore are the node's own. */
    public static final String HOST_NETWORK = "host_network";

    public static final String RESOURCE_ID = "resource_id";
    public static final String MAKE = "make";
    public static final String MODEL = "model";
    public static final String ACCELERATOR_ID = "accelerator_id";

    /** What Heapster itself says of an entity or a point by a label: no label of the user's takes the place of one. */
    public static final Set<String> OWN = Set.of(
            TYPE,
            CLUSTER_NAME,
            NODENAME,
            HOSTNAME,
            HOST_ID,
            POD_ID,
            POD_NAME,
            POD_IP,
            NAMESPACE_NAME,
            NAMESPACE_ID,
            CONTAINER_NAME,
            CONTAINER_BASE_IMAGE,
            CONTAINER_TYPE,
            WORKLOAD_KIND,
            WORKLOAD_NAME,
            LABELS,
            SCHEDULABLE,
            HOST_NETWORK,
            RESOURCE_ID);

    private LabelKey() {}
}
