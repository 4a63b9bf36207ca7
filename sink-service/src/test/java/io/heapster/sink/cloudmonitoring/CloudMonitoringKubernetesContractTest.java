package io.heapster.sink.cloudmonitoring;

/** The same with the monitored resources of Kubernetes. */
class CloudMonitoringKubernetesContractTest extends CloudMonitoringContractTest {

    @Override
    String resource() {
        return "k8s";
    }
}
