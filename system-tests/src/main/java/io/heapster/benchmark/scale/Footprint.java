package io.heapster.benchmark.scale;

import io.heapster.kafka.EmbeddedKafka;
import io.heapster.program.ServiceProgram;
import io.heapster.simulator.Simulator;
import io.heapster.simulator.SimulatorMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prints how soon each service serves and what memory it holds, on the JVM and as an executable: started without Kafka,
 * then together with next to nothing to do, then together with a whole cluster. See docs/performance.md.
 */
public final class Footprint {
    private static final Path ROOT = Path.of("");
    private static final List<String> MODULES = List.of("scraper-service", "model-service", "sink-service");
    /** What a service is given that is started by itself: this host is there wherever this runs. */
    private static final Map<String, Map<String, String>> ALONE =
            Map.of("scraper-service", Map.of("heapster.scraper.sources[0]", "host:"));

    private static final int IDLE_SECONDS = 30;
    private static final double MIB = 1 << 20;
    private static final double MILLIS = 1e6;

    private final FootprintOptions options;
    private final Path directory;

    private Footprint(FootprintOptions options, Path directory) {
        this.options = options;
        this.directory = directory;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        FootprintOptions options = FootprintOptions.parse(List.of(args));
        Path directory = Files.createTempDirectory("footprint");
        System.out.printf("logs in %s; load of the machine %s%n", directory, load());
        Footprint footprint = new Footprint(options, directory);
        for (ServiceProgram program : options.programs()) {
            if (MODULES.stream().allMatch(module -> program.isBuilt(ROOT, module))) {
                footprint.starts(program);
                footprint.pipeline(program, 1, 1, IDLE_SECONDS);
                if (options.seconds() > 0) {
                    footprint.pipeline(program, options.nodes(), options.pods(), options.seconds());
                }
            } else {
                System.out.printf("%s: not all services were built in this form, left out%n", program);
            }
        }
        System.out.printf("load of the machine %s%n", load());
    }

    private void starts(ServiceProgram program) throws IOException, InterruptedException {
        for (String module : MODULES) {
            double[] millis = new double[options.times()];
            for (int i = 0; i < millis.length; i++) {
                // Nothing listens there: what is measured is the service alone.
                try (ServiceProcess service =
                        start(program, module, "127.0.0.1:1", ALONE.getOrDefault(module, Map.of()))) {
                    millis[i] = service.awaitServing() / MILLIS;
                }
            }
            double first = millis[0];
            Arrays.sort(millis);
            System.out.printf(
                    "%s %s: %.0f MB; serves after %.0f ms (median of %d; fastest %.0f, slowest %.0f, first %.0f)%n",
                    module,
                    program,
                    program.bytes(ROOT, module) / 1e6,
                    millis[millis.length / 2],
                    millis.length,
                    millis[0],
                    millis[millis.length - 1],
                    first);
        }
    }

    private void pipeline(ServiceProgram program, int nodes, int pods, int seconds)
            throws IOException, InterruptedException {
        Path data = Files.createTempDirectory(directory, "pipeline");
        try (ChildProcess kafka = ChildProcess.start(
                        EmbeddedKafka.class,
                        data.resolve("kafka.log"),
                        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m"),
                        List.of(data.resolve("kafka").toString(), "0"));
                ChildProcess simulator = ChildProcess.start(
                        SimulatorMain.class,
                        data.resolve("simulator.log"),
                        List.of("-XX:+UseSerialGC", "-Xmx512m"),
                        List.of("--nodes=" + nodes, "--pods=" + pods, "--directory=" + data));
                TakingServer backend = new TakingServer()) {
            String bootstrapServers = "127.0.0.1:" + kafka.await("127.0.0.1:");
            String kubeconfig = simulator.await("kubeconfig=");
            Map<String, Map<String, String>> settings = Map.of(
                    "scraper-service",
                    Map.of(
                            "heapster.scraper.sources[0]",
                            "kubernetes.summary_api:?inClusterConfig=false&auth=" + kubeconfig + "&kubeletServerName="
                                    + Simulator.Listening.KUBELET_NAME),
                    "model-service",
                    Map.of("heapster.model.window", options.windowSeconds() + "s"),
                    "sink-service",
                    Map.of("heapster.sink.sinks[0]", "influxdb:" + backend.address()));
            measure(program, nodes, pods, seconds, bootstrapServers, settings);
        }
    }

    private void measure(
            ServiceProgram program,
            int nodes,
            int pods,
            int seconds,
            String bootstrapServers,
            Map<String, Map<String, String>> settings)
            throws IOException, InterruptedException {
        Map<String, ServiceProcess> services = new LinkedHashMap<>();
        try {
            for (String module : MODULES) {
                services.put(module, start(program, module, bootstrapServers, settings.getOrDefault(module, Map.of())));
            }
            long begun = System.nanoTime();
            Map<String, Long> most = new HashMap<>();
            while (System.nanoTime() - begun < seconds * 1_000_000_000L) {
                Thread.sleep(1_000);
                services.forEach((module, service) ->
                        most.merge(module, service.figures().residentBytes(), Math::max));
            }
            System.out.printf("%s, %d nodes of %d pods, %d s:%n", program, nodes, pods, seconds);
            for (Map.Entry<String, ServiceProcess> service : services.entrySet()) {
                ProcessFigures figures = service.getValue().figures();
                System.out.printf(
                        "  %s: resident %.0f MiB, at most %.0f; %.1f %% of a core%n",
                        service.getKey(),
                        figures.residentBytes() / MIB,
                        most.getOrDefault(service.getKey(), 0L) / MIB,
                        100.0 * figures.cpuNanos() / (System.nanoTime() - begun));
            }
        } finally {
            services.values().forEach(ServiceProcess::close);
        }
    }

    private ServiceProcess start(ServiceProgram program, String module, String kafka, Map<String, String> settings)
            throws IOException {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("kafka.bootstrap.servers", kafka);
        all.put("heapster.metric-resolution", options.resolutionSeconds() + "s");
        all.put("heapster.model.resolution", options.resolutionSeconds() + "s");
        return ServiceProcess.start(module, directory, program, module, options.runtime(program, module), all);
    }

    private static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
    }
}
