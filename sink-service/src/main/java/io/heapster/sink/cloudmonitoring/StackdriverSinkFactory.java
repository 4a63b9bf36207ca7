package io.heapster.sink.cloudmonitoring;

import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.SinkFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.Set;

/**
 * {@code stackdriver:?cluster_name=…&cluster_location=…}: Cloud Monitoring under its older name, with the resources
 * {@code k8s_container}, {@code k8s_pod} and {@code k8s_node}, as Heapster's with {@code use_new_resources}. Its older ones
 * ({@code gke_container}) and Google's own metric types are not to be written by anybody but Google's agents.
 */
@ApplicationScoped
public class StackdriverSinkFactory implements SinkFactory {
    private static final String RESOURCE = "resource";
    private static final String OLD_RESOURCES = "use_old_resources";
    private static final String NEW_RESOURCES = "use_new_resources";
    private static final String LOCATION = "cluster_location";

    @Override
    public String key() {
        return "stackdriver";
    }

    @Override
    public Set<String> options() {
        Set<String> options = new HashSet<>(CloudMonitoringOptions.NAMES);
        options.remove(RESOURCE);
        options.addAll(Set.of(OLD_RESOURCES, NEW_RESOURCES, LOCATION));
        return options;
    }

    @Override
    public Sink create(ComponentUri uri) {
        if (!uri.booleanOption(NEW_RESOURCES, true) || uri.booleanOption(OLD_RESOURCES, false)) {
            String option = uri.booleanOption(OLD_RESOURCES, false) ? OLD_RESOURCES : NEW_RESOURCES;
            throw uri.wrong(
                    option,
                    uri.option(option).orElse(""),
                    "the option no more: only the new resources are written; gcm writes one resource for all");
        }
        return new CloudMonitoringSink(
                CloudMonitoringOptions.of(uri).withKubernetesResources(uri.option(LOCATION)), System.getenv());
    }
}
