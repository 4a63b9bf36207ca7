package io.heapster.sink.influxdb.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A real InfluxDB 1.x as a process of its own, on its own directory and a free port of loopback. Stopped and started
 * again it has the same data and port.
 */
public final class InfluxDbServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final String scheme;
    private final int port;
    private final ServerProcess process;

    private InfluxDbServer(String httpSettings, @Nullable TestCertificate certificate)
            throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("influxdb");
        Path configuration = directory.resolve("influxdb.conf");
        this.port = FreePort.find();
        Files.writeString(configuration, configuration(directory, port, httpSettings));
        String binary = new DebianProgram("influxd", "influxdb").find().toString();
        this.process =
                new ServerProcess(directory, List.of(binary, "-config", configuration.toString()), this::answers);
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        this.http = certificate == null
                ? builder.build()
                : builder.sslContext(certificate.trusting()).build();
        this.scheme = certificate == null ? "http" : "https";
    }

    /** Starts a server and returns when it answers. */
    public static InfluxDbServer start() throws IOException, InterruptedException {
        return startWith("");
    }

    /**
     * As {@link #start()}.
     *
     * @param httpSettings more lines for the section {@code [http]} of its configuration
     */
    public static InfluxDbServer startWith(String httpSettings) throws IOException, InterruptedException {
        InfluxDbServer server = new InfluxDbServer(httpSettings, null);
        server.resume();
        return server;
    }

    /** As {@link #start()}, over TLS. */
    public static InfluxDbServer startWith(TestCertificate certificate) throws IOException, InterruptedException {
        String settings = """
                https-enabled = true
                  https-certificate = "%s"
                  https-private-key = "%s\"""".formatted(certificate.certificate(), certificate.key());
        InfluxDbServer server = new InfluxDbServer(settings, certificate);
        server.resume();
        return server;
    }

    /** {@code http://127.0.0.1:port}, with TLS {@code https}. */
    public String address() {
        return scheme + "://127.0.0.1:" + port;
    }

    /** Starts it again on the same data and port. Does nothing when running. */
    public void resume() throws IOException, InterruptedException {
        process.resume();
    }

    /** Ends the process cleanly and keeps the data. Does nothing when stopped. */
    public void stop() throws InterruptedException {
        process.stop();
    }

    /**
     * Runs statements; the body InfluxDB answers.
     *
     * @throws IOException if it does not answer or refuses
     */
    public JsonNode query(String database, String statements) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address() + "/query?epoch=ms&db="
                        + URLEncoder.encode(database, UTF_8) + "&q=" + URLEncoder.encode(statements, UTF_8)))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        JsonNode body = JSON.readTree(response.body());
        JsonNode first = body.path("results").path(0);
        if (response.statusCode() != 200 || first.has("error")) {
            throw new IOException("'" + statements + "' failed: " + response.body());
        }
        return body;
    }

    /** The first column of a statement's first series as texts, for instance of SHOW MEASUREMENTS. */
    public List<String> names(String database, String statement) throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        query(database, statement)
                .path("results")
                .path(0)
                .path("series")
                .path(0)
                .path("values")
                .forEach(row -> names.add(row.path(0).asText()));
        return names;
    }

    /** Writes lines as they are, past any sink. */
    public int write(String database, String lines) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(address() + "/write?precision=ms&db=" + URLEncoder.encode(database, UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(lines))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private boolean answers() throws IOException, InterruptedException {
        HttpRequest ping =
                HttpRequest.newBuilder(URI.create(address() + "/ping")).build();
        return http.send(ping, HttpResponse.BodyHandlers.discarding()).statusCode() == 204;
    }

    private static String configuration(Path directory, int port, String httpSettings) {
        return """
                reporting-disabled = true
                bind-address = "127.0.0.1:0"
                [meta]
                  dir = "%1$s/meta"
                [data]
                  dir = "%1$s/data"
                  wal-dir = "%1$s/wal"
                  query-log-enabled = false
                [monitor]
                  store-enabled = false
                [http]
                  bind-address = "127.0.0.1:%2$d"
                  log-enabled = false
                  %3$s
                [logging]
                  level = "warn"
                """.formatted(directory, port, httpSettings);
    }

    /** Ends the process and deletes its data. */
    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
