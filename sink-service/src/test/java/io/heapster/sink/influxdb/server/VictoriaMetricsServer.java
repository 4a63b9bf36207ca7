package io.heapster.sink.influxdb.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real VictoriaMetrics as a process of its own. Stopped and started again it has the same data and port. */
public final class VictoriaMetricsServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;
    private final ServerProcess process;

    private VictoriaMetricsServer() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("victoria-metrics");
        this.port = FreePort.find();
        List<String> command = List.of(
                new DebianProgram("victoria-metrics", "victoria-metrics").find().toString(),
                "-storageDataPath=" + directory.resolve("data"),
                "-httpListenAddr=127.0.0.1:" + port,
                "-retentionPeriod=100y",
                "-dedup.minScrapeInterval=1ms",
                "-memory.allowedBytes=128MiB");
        this.process =
                new ServerProcess(directory, command, () -> !get("/health").isEmpty());
    }

    /** Starts a server and returns when it answers. */
    public static VictoriaMetricsServer start() throws IOException, InterruptedException {
        VictoriaMetricsServer server = new VictoriaMetricsServer();
        server.resume();
        return server;
    }

    /** {@code http://127.0.0.1:port}. */
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    /** Starts it again on the same data and port. Does nothing when running. */
    public void resume() throws IOException, InterruptedException {
        process.resume();
    }

    /** Ends the process cleanly and keeps the data. Does nothing when stopped. */
    public void stop() throws InterruptedException {
        process.stop();
    }

    /** Every series with this label, as VictoriaMetrics exports it, a JSON object a series. */
    public List<JsonNode> series(String label, String value) throws IOException, InterruptedException {
        get("/internal/force_flush");
        List<JsonNode> series = new ArrayList<>();
        for (String line : get("/api/v1/export?match%5B%5D=%7B" + label + "%3D%22" + value + "%22%7D")
                .split("\n", -1)) {
            if (!line.isBlank()) {
                series.add(JSON.readTree(line));
            }
        }
        return series;
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address() + path)).build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(path + " failed: " + response.body());
        }
        return response.body();
    }

    /** Ends the process and deletes its data. */
    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
