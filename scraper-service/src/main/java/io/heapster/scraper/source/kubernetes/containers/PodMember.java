package io.heapster.scraper.source.kubernetes.containers;

import io.heapster.scraper.source.containerinfo.ContainerInfo;
import org.jspecify.annotations.Nullable;

/**
 * Which container of which pod a control group is.
 *
 * @param uid of the pod; empty when the runtime does not tell it
 * @param container its name; {@code POD} is the sandbox
 */
record PodMember(String uid, String namespace, String pod, String container) {
    private static final String SANDBOX = "POD";
    /** What kubelets put before a container's name for docker, {@code k8s_}. */
    private static final int DOCKER_PREFIX = 4;

    private static final String KUBEPODS = "kubepods";
    private static final String SLICE = ".slice";
    private static final int SHORTEST_UID = 32;

    /** By the rules of Heapster, and containerd's word for a sandbox; null when it belongs to no pod. */
    static @Nullable PodMember of(ContainerInfo info) {
        String namespace = info.podNamespace();
        String pod = info.podName();
        int slash = pod.indexOf('/');
        if (namespace.isEmpty() && slash >= 0) {
            namespace = pod.substring(0, slash);
            pod = pod.substring(slash + 1);
        }
        if (namespace.isEmpty() || pod.isEmpty()) {
            return null;
        }
        String container = info.containerName();
        if (container.isEmpty()) {
            container = info.isSandbox() ? SANDBOX : guessed(info.name());
        }
        return container.isEmpty() ? null : new PodMember(info.podUid(), namespace, pod, container);
    }

    /** The UID in the name of a whole pod's control group, whichever driver made it; empty when it is none. */
    static String uidOfCgroup(String path) {
        if (!path.contains(KUBEPODS)) {
            return "";
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (name.endsWith(SLICE)) {
            name = name.substring(name.lastIndexOf('-') + 1, name.length() - SLICE.length());
        }
        if (!name.startsWith("pod") || name.length() < 3 + SHORTEST_UID) {
            return "";
        }
        return name.substring(3).replace('_', '-');
    }

    boolean isSandbox() {
        return container.equals(SANDBOX);
    }

    /** With the name, so that one member that is told wrong does not rename the others. */
    String podKey() {
        return namespace + "/" + pod + "/" + uid;
    }

    private static String guessed(String name) {
        int dot = name.indexOf('.');
        return dot > DOCKER_PREFIX ? name.substring(DOCKER_PREFIX, dot) : "";
    }
}
