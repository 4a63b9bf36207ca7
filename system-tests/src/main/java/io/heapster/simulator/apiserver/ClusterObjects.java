package io.heapster.simulator.apiserver;

import com.fasterxml.jackson.core.JsonGenerator;
import io.heapster.simulator.cluster.Fault;
import io.heapster.simulator.cluster.Resources;
import io.heapster.simulator.cluster.SimulatedCluster;
import io.heapster.simulator.cluster.SimulatedContainer;
import io.heapster.simulator.cluster.SimulatedEvent;
import io.heapster.simulator.cluster.SimulatedNamespace;
import io.heapster.simulator.cluster.SimulatedNode;
import io.heapster.simulator.cluster.SimulatedPod;
import java.io.IOException;
import java.util.Map;

/** What simulated nodes, pods, namespaces and events are as objects of the Kubernetes API. */
final class ClusterObjects {
    /** Reserved for a service nobody runs any more: a connection to it is refused. */
    private static final int CLOSED_PORT = 1;

    private static final long KIBI = 1L << 10;

    private final SimulatedCluster cluster;
    private final int kubeletPort;

    ClusterObjects(SimulatedCluster cluster, int kubeletPort) {
        this.cluster = cluster;
        this.kubeletPort = kubeletPort;
    }

    ApiObject namespace(SimulatedNamespace namespace) {
        return new ApiObject("", namespace.name(), Map.of(), Map.of("status.phase", "Active"), (json, version) -> {
            metadata(
                    json,
                    "",
                    namespace.name(),
                    namespace.uid(),
                    version,
                    namespace.createdAt().toString(),
                    Map.of("kubernetes.io/metadata.name", namespace.name()));
            json.writeEndObject();
            json.writeObjectFieldStart("spec");
            json.writeEndObject();
            json.writeObjectFieldStart("status");
            json.writeStringField("phase", "Active");
            json.writeEndObject();
        });
    }

    ApiObject node(SimulatedNode node) {
        Fault fault = cluster.fault(node.name());
        boolean ready = !(fault instanceof Fault.NotReady);
        int port = fault instanceof Fault.Refused ? CLOSED_PORT : kubeletPort;
        return new ApiObject(
                "",
                node.name(),
                node.labels(),
                Map.of(),
                (json, version) -> writeNode(json, version, node, ready, port));
    }

    private static void writeNode(JsonGenerator json, String version, SimulatedNode node, boolean ready, int port)
            throws IOException {
        metadata(json, "", node.name(), node.uid(), version, node.startedAt().toString(), node.labels());
        json.writeEndObject();
        json.writeObjectFieldStart("spec");
        json.writeStringField("providerID", "simulated://" + node.uid());
        json.writeEndObject();
        json.writeObjectFieldStart("status");
        amounts(json, "capacity", node.cpuCapacity(), node.memoryCapacity(), node.diskCapacity());
        amounts(json, "allocatable", node.cpuAllocatable(), node.memoryAllocatable(), node.diskCapacity() / 10 * 9);
        json.writeArrayFieldStart("conditions");
        json.writeStartObject();
        json.writeStringField("type", "Ready");
        json.writeStringField("status", ready ? "True" : "False");
        json.writeStringField("lastHeartbeatTime", node.startedAt().toString());
        json.writeStringField("lastTransitionTime", node.startedAt().toString());
        json.writeStringField("reason", ready ? "KubeletReady" : "KubeletNotReady");
        json.writeStringField("message", ready ? "kubelet is posting ready status" : "simulated");
        json.writeEndObject();
        json.writeEndArray();
        json.writeArrayFieldStart("addresses");
        address(json, "InternalIP", node.address());
        address(json, "Hostname", node.name());
        json.writeEndArray();
        json.writeObjectFieldStart("daemonEndpoints");
        json.writeObjectFieldStart("kubeletEndpoint");
        json.writeNumberField("Port", port);
        json.writeEndObject();
        json.writeEndObject();
        json.writeObjectFieldStart("nodeInfo");
        json.writeStringField("machineID", node.uid().replace("-", ""));
        json.writeStringField("systemUUID", node.uid());
        json.writeStringField("bootID", node.uid());
        json.writeStringField("kernelVersion", "6.18.0-simulated");
        json.writeStringField("osImage", "Simulated Linux");
        json.writeStringField("containerRuntimeVersion", "containerd://1.6.20");
        json.writeStringField("kubeletVersion", "v1.36.2");
        json.writeStringField("kubeProxyVersion", "");
        json.writeStringField("operatingSystem", "linux");
        json.writeStringField("architecture", "amd64");
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void amounts(JsonGenerator json, String name, long cpu, long memory, long disk) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("cpu", cpu % 1_000 == 0 ? Long.toString(cpu / 1_000) : cpu + "m");
        json.writeStringField("ephemeral-storage", Long.toString(disk));
        json.writeStringField("memory", memory / KIBI + "Ki");
        json.writeStringField("pods", "110");
        json.writeEndObject();
    }

    private static void address(JsonGenerator json, String type, String address) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", type);
        json.writeStringField("address", address);
        json.writeEndObject();
    }

    ApiObject pod(SimulatedPod pod) {
        return new ApiObject(
                pod.namespace(),
                pod.name(),
                pod.labels(),
                Map.of("spec.nodeName", pod.node(), "status.phase", "Running"),
                (json, version) -> writePod(json, version, pod));
    }

    private static void writePod(JsonGenerator json, String version, SimulatedPod pod) throws IOException {
        metadata(
                json,
                pod.namespace(),
                pod.name(),
                pod.uid(),
                version,
                pod.startedAt().toString(),
                pod.labels());
        json.writeArrayFieldStart("ownerReferences");
        json.writeStartObject();
        json.writeStringField("apiVersion", "apps/v1");
        json.writeStringField("kind", pod.owner().kind());
        json.writeStringField("name", pod.owner().name());
        json.writeStringField("uid", pod.owner().uid());
        json.writeBooleanField("controller", true);
        json.writeBooleanField("blockOwnerDeletion", true);
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeObjectFieldStart("spec");
        json.writeStringField("nodeName", pod.node());
        json.writeStringField("restartPolicy", "Always");
        if (pod.hostNetwork()) {
            json.writeBooleanField("hostNetwork", true);
        }
        json.writeArrayFieldStart("volumes");
        json.writeStartObject();
        json.writeStringField("name", "data");
        json.writeObjectFieldStart("emptyDir");
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
        json.writeArrayFieldStart("containers");
        for (SimulatedContainer container : pod.containers()) {
            json.writeStartObject();
            json.writeStringField("name", container.name());
            json.writeStringField("image", container.image());
            json.writeObjectFieldStart("resources");
            Resources resources = container.resources();
            amounts(json, "limits", resources.cpuLimit(), resources.memoryLimit());
            amounts(json, "requests", resources.cpuRequest(), resources.memoryRequest());
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        writePodStatus(json, pod);
    }

    private static void writePodStatus(JsonGenerator json, SimulatedPod pod) throws IOException {
        json.writeObjectFieldStart("status");
        json.writeStringField("phase", "Running");
        json.writeStringField("hostIP", pod.hostAddress());
        json.writeStringField("podIP", pod.address());
        json.writeArrayFieldStart("podIPs");
        json.writeStartObject();
        json.writeStringField("ip", pod.address());
        json.writeEndObject();
        json.writeEndArray();
        json.writeStringField("startTime", pod.startedAt().toString());
        json.writeArrayFieldStart("containerStatuses");
        for (SimulatedContainer container : pod.containers()) {
            json.writeStartObject();
            json.writeStringField("name", container.name());
            json.writeObjectFieldStart("state");
            json.writeObjectFieldStart("running");
            json.writeStringField("startedAt", container.startedAt().toString());
            json.writeEndObject();
            json.writeEndObject();
            json.writeBooleanField("ready", true);
            json.writeBooleanField("started", true);
            json.writeNumberField("restartCount", container.restarts());
            json.writeStringField("image", container.image());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void amounts(JsonGenerator json, String name, long cpu, long memory) throws IOException {
        if (cpu == Resources.ABSENT && memory == Resources.ABSENT) {
            return;
        }
        json.writeObjectFieldStart(name);
        if (cpu != Resources.ABSENT) {
            json.writeStringField("cpu", cpu + "m");
        }
        if (memory != Resources.ABSENT) {
            json.writeStringField("memory", memory / KIBI / KIBI + "Mi");
        }
        json.writeEndObject();
    }

    ApiObject event(SimulatedEvent event) {
        SimulatedPod pod = event.pod();
        return new ApiObject(
                pod.namespace(),
                event.name(),
                Map.of(),
                Map.of("involvedObject.name", pod.name(), "reason", event.reason(), "type", event.type()),
                (json, version) -> {
                    String at = event.at().toString();
                    metadata(json, pod.namespace(), event.name(), event.uid(), version, at, Map.of());
                    json.writeEndObject();
                    json.writeObjectFieldStart("involvedObject");
                    json.writeStringField("kind", "Pod");
                    json.writeStringField("namespace", pod.namespace());
                    json.writeStringField("name", pod.name());
                    json.writeStringField("uid", pod.uid());
                    json.writeStringField("apiVersion", "v1");
                    json.writeEndObject();
                    json.writeStringField("reason", event.reason());
                    json.writeStringField("message", event.message());
                    json.writeObjectFieldStart("source");
                    json.writeStringField("component", "kubelet");
                    json.writeStringField("host", pod.node());
                    json.writeEndObject();
                    json.writeStringField("firstTimestamp", at);
                    json.writeStringField("lastTimestamp", at);
                    json.writeNumberField("count", 1);
                    json.writeStringField("type", event.type());
                });
    }

    /** Begins the metadata object and leaves it open. */
    private static void metadata(
            JsonGenerator json,
            String namespace,
            String name,
            String uid,
            String version,
            String createdAt,
            Map<String, String> labels)
            throws IOException {
        json.writeObjectFieldStart("metadata");
        json.writeStringField("name", name);
        if (!namespace.isEmpty()) {
            json.writeStringField("namespace", namespace);
        }
        json.writeStringField("uid", uid);
        json.writeStringField("resourceVersion", version);
        json.writeStringField("creationTimestamp", createdAt);
        if (!labels.isEmpty()) {
            json.writeObjectFieldStart("labels");
            for (Map.Entry<String, String> label : labels.entrySet()) {
                json.writeStringField(label.getKey(), label.getValue());
            }
            json.writeEndObject();
        }
    }
}
