package io.heapster.sink.googlecloud;

import com.google.api.MonitoredResource;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;

/** The monitored resource an entity is. */
public final class MonitoredResources {
    private final ResourceModel model;
    private final String project;
    private final String location;
    private final String clusterName;

    /**
     * @param location of the cluster; empty only with {@link ResourceModel#GLOBAL}
     * @param clusterName empty = what the samples say
     */
    public MonitoredResources(ResourceModel model, String project, String location, String clusterName) {
        this.model = model;
        this.project = project;
        this.location = location;
        this.clusterName = clusterName;
    }

    public ResourceModel model() {
        return model;
    }

    /** The name the cluster has at Google. */
    public String clusterName(String sampled) {
        return clusterName.isEmpty() ? sampled : clusterName;
    }

    public MonitoredResource of(String cluster, EntityType type, Labels labels) {
        MonitoredResource.Builder resource = MonitoredResource.newBuilder().putLabels("project_id", project);
        if (model == ResourceModel.GLOBAL) {
            return resource.setType("global").build();
        }
        resource.putLabels("location", location).putLabels("cluster_name", clusterName(cluster));
        return switch (type) {
            case CLUSTER, NAMESPACE -> resource.setType("k8s_cluster").build();
            case NODE, SYSTEM_CONTAINER ->
                resource.setType("k8s_node")
                        .putLabels("node_name", labels.get(LabelKey.NODENAME))
                        .build();
            case POD -> pod(resource, labels).setType("k8s_pod").build();
            case POD_CONTAINER ->
                pod(resource, labels)
                        .setType("k8s_container")
                        .putLabels("container_name", labels.get(LabelKey.CONTAINER_NAME))
                        .build();
        };
    }

    private static MonitoredResource.Builder pod(MonitoredResource.Builder resource, Labels labels) {
        return resource.putLabels("namespace_name", labels.get(LabelKey.NAMESPACE_NAME))
                .putLabels("pod_name", labels.get(LabelKey.POD_NAME));
    }
}
