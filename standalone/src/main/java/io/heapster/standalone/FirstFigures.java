package io.heapster.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Tells the newcomer where the API is and, once, the first figures it has, asked of the API as anybody would. */
@ApplicationScoped
@SuppressWarnings("SystemOut") // this is the command line's own output
class FirstFigures {
    private static final double MIB = 1 << 20;

    private final ObjectMapper json;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService poll =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "first-figures"));
    private String model = "";

    FirstFigures(ObjectMapper json) {
        this.json = json;
    }

    void begin(@Observes StartupEvent event) {
        var unused = poll.scheduleWithFixedDelay(this::printWhenThere, 1, 1, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        poll.shutdownNow();
    }

    private void printWhenThere() {
        try {
            if (model.isEmpty()) {
                model = address();
                System.out.println(
                        "Model API at " + model + "nodes/ (first figures after the first tick; Ctrl-C stops)");
            }
            JsonNode nodes = get("nodes/");
            String node = nodes == null ? "" : nodes.path(0).asText();
            Double rate = node.isEmpty() ? null : latest(node, "cpu/usage_rate");
            if (rate != null) {
                System.out.printf(
                        Locale.ROOT,
                        "%s: cpu/usage_rate %.0f millicores, memory/working_set %.0f MiB, network/rx %.0f bytes (%d node%s)%n",
                        node,
                        rate,
                        valueOf(latest(node, "memory/working_set")) / MIB,
                        valueOf(latest(node, "network/rx")),
                        nodes == null ? 0 : nodes.size(),
                        nodes != null && nodes.size() == 1 ? "" : "s");
                System.out.println("  curl " + model + "nodes/" + node + "/metrics/cpu/usage_rate");
                poll.shutdown();
            }
        } catch (IOException e) {
            // Not serving yet: asked again in a second.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asked when the server listens: only then is the port known that stands for port 0. */
    private static String address() {
        Config config = ConfigProvider.getConfig();
        String host = config.getValue("quarkus.http.host", String.class);
        return "http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":"
                + config.getValue("quarkus.http.port", String.class) + "/api/v1/model/";
    }

    private @Nullable Double latest(String node, String metric) throws IOException, InterruptedException {
        String name = URLEncoder.encode(node, StandardCharsets.UTF_8);
        JsonNode series = get("nodes/" + name + "/metrics/" + metric);
        JsonNode points = series == null ? null : series.path("metrics");
        return points == null || points.isEmpty()
                ? null
                : points.get(points.size() - 1).path("value").asDouble();
    }

    private static double valueOf(@Nullable Double value) {
        return value == null ? 0 : value;
    }

    private @Nullable JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(
                HttpRequest.newBuilder(URI.create(model + path)).build(), HttpResponse.BodyHandlers.ofByteArray());
        return response.statusCode() == 200 ? json.readTree(response.body()) : null;
    }
}
