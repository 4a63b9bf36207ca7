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

/** What a writer needs of InfluxDB's HTTP interface. Safe for any number of threads. */
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

    /**
     * An answer to the question who is there.
     *
     * @param version as the header {@code X-Influxdb-Version} says; empty without
     */
    record Greeting(Answer answer, String version) {}

    private final HttpClient http;
    private final String address;
    private final InfluxDbOptions options;

    InfluxDbClient(InfluxDbOptions options) {
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
        options.trust().ifPresent(builder::sslContext);
        this.http = builder.build();
        this.address = options.address();
        this.options = options;
    }

    /** Asks who is there. */
    Greeting greet() throws IOException, InterruptedException {
        HttpRequest.Builder request = request(URI.create(address + "/ping"), Generation.V3);
        HttpResponse<String> response = http.send(request.GET().build(), BodyHandlers.ofString());
        return new Greeting(
                answer(response),
                response.headers().firstValue("X-Influxdb-Version").orElse(""));
    }

    /** Sends the first bytes of an array as lines. */
    Answer write(URI uri, Generation generation, byte[] body, int size, boolean compressed)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(uri, generation)
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(BodyPublishers.ofByteArray(body, 0, size));
        if (compressed) {
            request.header("Content-Encoding", "gzip");
        }
        return answer(http.send(request.build(), BodyHandlers.ofString()));
    }

    private static Answer answer(HttpResponse<String> response) {
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
        HttpRequest request = request(URI.create(address + "/query"), Generation.V1)
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

    private HttpRequest.Builder request(URI uri, Generation generation) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(ANSWER).header("User-Agent", "heapster/2.0");
        String authorization = authorization(generation);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return request;
    }

    private String authorization(Generation generation) {
        if (!options.token().isEmpty()) {
            return (generation == Generation.V3 ? "Bearer " : "Token ") + options.token();
        }
        if (generation != Generation.V1 && !options.userGiven()) {
            return "";
        }
        return "Basic "
                + Base64.getEncoder().encodeToString((options.user() + ":" + options.password()).getBytes(UTF_8));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
