package io.heapster.pipeline;

import io.heapster.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Settings that the services of one test share. */
record Pipeline(String bootstrapServers, int resolutionSeconds) {

    ServiceProcess scraper(Simulator simulator, Path directory) throws IOException {
        Path kubeconfig = simulator.kubeconfig().write(directory);
        return ServiceProcess.start(
                "scraper-service",
                with(
                        "heapster.scraper.sources[0]",
                        "kubernetes.summary_api:?inClusterConfig=false&auth=" + kubeconfig + "&kubeletServerName="
                                + Simulator.Listening.KUBELET_NAME));
    }

    ServiceProcess model() {
        return ServiceProcess.start("model-service", with());
    }

    ServiceProcess sinks(String... uris) {
        String[] settings = new String[2 * uris.length];
        for (int i = 0; i < uris.length; i++) {
            settings[2 * i] = "heapster.sink.sinks[" + i + "]";
            settings[2 * i + 1] = uris[i];
        }
        return ServiceProcess.start("sink-service", with(settings));
    }

    private Map<String, String> with(String... more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("kafka.bootstrap.servers", bootstrapServers);
        settings.put("heapster.metric-resolution", resolutionSeconds + "s");
        settings.put("heapster.model.resolution", resolutionSeconds + "s");
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }
}
