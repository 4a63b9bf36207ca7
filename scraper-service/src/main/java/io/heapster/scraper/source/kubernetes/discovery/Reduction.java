package io.heapster.scraper.source.kubernetes.discovery;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.NodeSystemInfo;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.scraper.source.NodeInventory;
import io.heapster.scraper.source.NodeInventory.ContainerType;
import io.heapster.scraper.source.OwnLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes from the API's objects what is used. Any part of an object may be missing. What comes again from pod to pod (images,
 * names of containers, labels; of one workload's pods all but name, UID and address) is kept once.
 */
final class Reduction {
    private static final String CPU = "cpu";
    private static final String MEMORY = "memory";
    private static final String EPHEMERAL_STORAGE = "ephemeral-storage";
    /** By it a virtual kubelet names the path of its metrics. */
    private static final String RESOURCE_METRICS_PATH = "metrics.k8s.io/resource-metrics-path";

    private static final String CONFIG_HASH = "kubernetes.io/config.hash";

    private static final Recent<List<NodeInventory.Container>> CONTAINERS = new Recent<>();
    private static final Recent<OwnLabels> LABELS = new Recent<>();
    private static final Recent<NodeInventory.Workload> WORKLOADS = new Recent<>();

    private Reduction() {}

    static KnownNode node(Node node, String hostIdAnnotation) {
        ObjectMeta meta = node.getMetadata();
        NodeSpec spec = node.getSpec() == null ? new NodeSpec() : node.getSpec();
        NodeStatus status = node.getStatus() == null ? new NodeStatus() : node.getStatus();
        List<KubeletAddress.Listed> addresses = new ArrayList<>();
        String hostname = "";
        for (NodeAddress address : status.getAddresses()) {
            addresses.add(new KubeletAddress.Listed(text(address.getType()), text(address.getAddress())));
            if ("Hostname".equals(address.getType()) && hostname.isEmpty()) {
                hostname = text(address.getAddress());
            }
        }
        String hostId = text(spec.getExternalID());
        if (hostId.isEmpty() && !hostIdAnnotation.isEmpty()) {
            hostId = annotation(meta, hostIdAnnotation);
        }
        Map<String, Quantity> capacity = status.getCapacity();
        Map<String, Quantity> allocatable = status.getAllocatable();
        return new KnownNode(
                meta.getName(),
                KubeletAddress.choose(addresses),
                kubeletPort(status),
                incarnation(status),
                annotation(meta, RESOURCE_METRICS_PATH),
                ready(status),
                Labels.of(
                        LabelKey.NODENAME,
                        meta.getName(),
                        LabelKey.HOSTNAME,
                        hostname.isEmpty() ? meta.getName() : hostname,
                        LabelKey.HOST_ID,
                        hostId),
                labels(meta),
                !Boolean.TRUE.equals(spec.getUnschedulable()),
                Amounts.millis(capacity, CPU),
                Amounts.millis(allocatable, CPU),
                Amounts.units(capacity, MEMORY),
                Amounts.units(allocatable, MEMORY),
                Amounts.units(capacity, EPHEMERAL_STORAGE),
                Amounts.units(allocatable, EPHEMERAL_STORAGE));
    }

    /** Name of the node that a pod is bound to; empty while it is bound to none. */
    static String nodeOf(Pod pod) {
        return pod.getSpec() == null ? "" : text(pod.getSpec().getNodeName()).intern();
    }

    static NodeInventory.Pod pod(Pod pod) {
        ObjectMeta meta = pod.getMetadata();
        PodSpec spec = pod.getSpec() == null ? new PodSpec() : pod.getSpec();
        PodStatus status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
        List<NodeInventory.Container> containers =
                new ArrayList<>(spec.getContainers().size());
        for (Container container : spec.getContainers()) {
            containers.add(container(ContainerType.APP, container, status.getContainerStatuses()));
        }
        List<NodeInventory.Container> passing = new ArrayList<>(0);
        for (Container container : spec.getInitContainers()) {
            if ("Always".equals(container.getRestartPolicy())) {
                containers.add(container(ContainerType.SIDECAR, container, status.getInitContainerStatuses()));
            } else {
                passing.add(container(ContainerType.INIT, container, status.getInitContainerStatuses()));
            }
        }
        for (EphemeralContainer container : spec.getEphemeralContainers()) {
            passing.add(ephemeral(container, status.getEphemeralContainerStatuses()));
        }
        String uid = text(meta.getUid());
        return new NodeInventory.Pod(
                uid,
                kubeletUid(meta, uid),
                text(meta.getNamespace()).intern(),
                text(meta.getName()),
                text(status.getPodIP()),
                Boolean.TRUE.equals(spec.getHostNetwork()),
                LABELS.first(new OwnLabels(labels(meta))),
                WORKLOADS.first(PodOwner.workload(meta)),
                CONTAINERS.first(List.copyOf(containers)),
                CONTAINERS.first(List.copyOf(passing)));
    }

    private static String annotation(ObjectMeta meta, String key) {
        return meta.getAnnotations() == null ? "" : text(meta.getAnnotations().get(key));
    }

    private static String incarnation(NodeStatus status) {
        NodeSystemInfo info = status.getNodeInfo();
        return info == null ? "" : text(info.getKubeletVersion()) + " " + text(info.getBootID());
    }

    /** A kubelet writes its own UID of a static pod into an annotation of the mirror pod it makes for it. */
    private static String kubeletUid(ObjectMeta meta, String uid) {
        String ofMirror = annotation(meta, CONFIG_HASH);
        return ofMirror.isEmpty() ? uid : ofMirror;
    }

    private static NodeInventory.Container container(
            ContainerType type, Container container, List<ContainerStatus> statuses) {
        ContainerStatus status = status(text(container.getName()), statuses);
        ResourceRequirements spec = container.getResources();
        ResourceRequirements inForce = inForce(spec, status);
        Map<String, Quantity> requests = inForce == null ? null : inForce.getRequests();
        Map<String, Quantity> limits = inForce == null ? null : inForce.getLimits();
        return new NodeInventory.Container(
                type,
                text(container.getName()).intern(),
                text(container.getImage()).intern(),
                Amounts.millis(requests, CPU),
                Amounts.millis(limits, CPU),
                Amounts.units(requests, MEMORY),
                Amounts.units(limits, MEMORY),
                // only processor and memory can be resized, and a status tells of nothing else
                Amounts.units(spec == null ? null : spec.getRequests(), EPHEMERAL_STORAGE),
                Amounts.units(spec == null ? null : spec.getLimits(), EPHEMERAL_STORAGE),
                restarts(status));
    }

    /**
     * While a running container is being resized, its spec says what is wanted and its status what the kubelet has made of
     * it so far. Kubelets before 1.27 do not tell.
     */
    private static @Nullable ResourceRequirements inForce(
            @Nullable ResourceRequirements spec, @Nullable ContainerStatus status) {
        ResourceRequirements told = status == null ? null : status.getResources();
        return told == null || (isNone(told.getRequests()) && isNone(told.getLimits())) ? spec : told;
    }

    private static boolean isNone(@Nullable Map<String, Quantity> amounts) {
        return amounts == null || amounts.isEmpty();
    }

    private static NodeInventory.Container ephemeral(EphemeralContainer container, List<ContainerStatus> statuses) {
        return new NodeInventory.Container(
                ContainerType.EPHEMERAL,
                text(container.getName()).intern(),
                text(container.getImage()).intern(),
                0,
                0,
                0,
                0,
                0,
                0,
                restarts(status(text(container.getName()), statuses)));
    }

    private static @Nullable ContainerStatus status(String container, List<ContainerStatus> statuses) {
        for (ContainerStatus status : statuses) {
            if (container.equals(status.getName())) {
                return status;
            }
        }
        return null;
    }

    private static long restarts(@Nullable ContainerStatus status) {
        return status == null || status.getRestartCount() == null ? 0 : status.getRestartCount();
    }

    private static int kubeletPort(NodeStatus status) {
        Integer port = status.getDaemonEndpoints() == null
                        || status.getDaemonEndpoints().getKubeletEndpoint() == null
                ? null
                : status.getDaemonEndpoints().getKubeletEndpoint().getPort();
        return port == null ? 0 : port;
    }

    private static boolean ready(NodeStatus status) {
        for (NodeCondition condition : status.getConditions()) {
            if ("Ready".equals(condition.getType())) {
                return "True".equals(condition.getStatus());
            }
        }
        return true;
    }

    private static Labels labels(ObjectMeta meta) {
        if (meta.getLabels() == null || meta.getLabels().isEmpty()) {
            return Labels.EMPTY;
        }
        Map<String, String> labels = new TreeMap<>();
        meta.getLabels()
                .forEach((key, value) -> labels.put(key.intern(), text(value).intern()));
        return Labels.of(labels);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
