package io.heapster.sink.influxdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;

/** The two paths of InfluxDB 1.x that a writer needs. Safe for any number of threads. */
final class InfluxDbClient {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * An answer to a write.
     *
     * @param retryAfter seconds, as the header of that name says; empty without
     */
    record Answer(int status, String body, String retryAfter) {}

    private final HttpClient http;
    private final String address;
    private final String database;
    private final String authorization;

    InfluxDbClient(InfluxDbOptions options) {
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
        if (options.insecureSsl()) {
            builder.sslContext(AnyCertificate.context());
        }
        this.http = builder.build();
        this.address = options.address();
        this.database = options.database();
        this.authorization = "Basic "
                + Base64.getEncoder().encodeToString((options.user() + ":" + options.password()).getBytes(UTF_8));
    }

    /** The address to write to. */
    URI writeUri(String retentionPolicy, String precision) {
        String policy = retentionPolicy.isEmpty() ? "" : "&rp=" + encoded(retentionPolicy);
        return URI.create(address + "/write?db=" + encoded(database) + policy + "&precision=" + precision);
    }

    Answer write(URI uri, Gzip body) throws IOException, InterruptedException {
        HttpRequest request = request(uri)
                .header("Content-Encoding", "gzip")
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(BodyPublishers.ofByteArray(body.array(), 0, body.size()))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.body(),
                response.headers().firstValue("Retry-After").orElse(""));
    }

    /**
     * Runs one statement.
     *
     * @return the statement's result
     * @throws StatementException if the database understood and refused
     * @throws IOException if there was no answer, or one that says nothing about the statement
     */
    JsonNode query(String statement) throws IOException, InterruptedException, StatementException {
        HttpRequest request = request(URI.create(address + "/query"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("q=" + encoded(statement)))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        int status = response.statusCode();
        if (status == 401) {
            throw new IOException("InfluxDB answers 401, check user and pw: " + Answers.message(response.body()));
        }
        if (status == 400 || status == 403) {
            throw new StatementException(status, Answers.message(response.body()));
        }
        if (status != 200) {
            throw new IOException("InfluxDB answers " + status + ": " + Answers.message(response.body()));
        }
        JsonNode result = JSON.readTree(response.body()).path("results").path(0);
        if (result.has("error")) {
            throw new StatementException(status, result.path("error").asText());
        }
        return result;
    }

    private HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri)
                .timeout(ANSWER)
                .header("Authorization", authorization)
                .header("User-Agent", "heapster/2.0");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
