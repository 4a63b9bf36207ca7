package io.heapster.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.heapster.sink.influxdb.server.DebianProgram;
import io.heapster.sink.influxdb.server.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real Prometheus as a process of its own, Debian's, that reads services every second. */
final class PrometheusServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    private PrometheusServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts one.
     *
     * @param directory an empty directory for its configuration and data
     * @param services port of each service by its job
     */
    static PrometheusServer start(Path directory, Path rules, Map<String, Integer> services)
            throws IOException, InterruptedException {
        StringBuilder configuration = new StringBuilder(
                "global: {scrape_interval: 1s, evaluation_interval: 1s}\nrule_files: ['%s']\nscrape_configs:\n"
                        .formatted(rules));
        services.forEach((job, target) -> configuration.append(
                "  - {job_name: %s, metrics_path: /q/metrics, static_configs: [{targets: ['127.0.0.1:%d']}]}\n"
                        .formatted(job, target)));
        Path file = Files.writeString(directory.resolve("prometheus.yml"), configuration);
        int port = FreePort.find();
        Process process = new ProcessBuilder(
                        new DebianProgram("prometheus", "prometheus").find().toString(),
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=warn")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
        PrometheusServer server = new PrometheusServer(process, port);
        Awaitility.await("Prometheus")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> server.get("/-/ready").statusCode() == 200);
        return server;
    }

    /** The series an expression has now. */
    JsonNode query(String promQl) throws IOException, InterruptedException {
        HttpResponse<String> response = get("/api/v1/query?query=" + URLEncoder.encode(promQl, UTF_8));
        if (response.statusCode() != 200) {
            throw new IOException(promQl + ": " + response.body());
        }
        return DeployFiles.json(response.body()).path("data").path("result");
    }

    /** All rules with their health and alerts. */
    JsonNode rules() throws IOException, InterruptedException {
        return DeployFiles.json(get("/api/v1/rules").body()).path("data").path("groups");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
