package io.heapster.sink.influxdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Speaks the documented protocol of InfluxDB 2.x or 3, checks all it gets, and keeps the points. No server of these
 * generations can be had where these tests run.
 */
final class FakeInfluxDb implements AutoCloseable {
    static final String TOKEN = "s3cret==";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern FIELD = Pattern.compile("-?[0-9]+i|-?[0-9]+(\\.[0-9]+)?(E-?[0-9]+)?|\"[^\n]*\"");

    private record Answer(int status, String body, String retryAfter) {}

    private final Generation generation;
    private final HttpServer server;
    private final Map<String, ParsedLine> points = new HashMap<>();
    private final List<ParsedLine> inOrder = new ArrayList<>();
    private final Set<String> texts = new HashSet<>();
    private final Deque<Answer> faults = new ArrayDeque<>();
    private boolean away;

    FakeInfluxDb(Generation generation) throws IOException {
        this.generation = generation;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    synchronized void failNext(int status, String retryAfter, String body) {
        faults.add(new Answer(status, body, retryAfter));
    }

    synchronized void away(boolean isAway) {
        away = isAway;
    }

    /** Makes a measurement's field one of text. */
    synchronized void occupy(String measurement) {
        texts.add(measurement);
    }

    /** Every point, in the order in which it first came; timestamps as they came. */
    synchronized List<ParsedLine> stored() {
        return List.copyOf(inOrder);
    }

    private void serve(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Answer answer = answer(exchange, body);
        if (answer == null) {
            exchange.close();
            return;
        }
        if (!answer.retryAfter.isEmpty()) {
            exchange.getResponseHeaders().add("Retry-After", answer.retryAfter);
        }
        byte[] text = answer.body.getBytes(UTF_8);
        exchange.sendResponseHeaders(answer.status, text.length == 0 ? -1 : text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }

    private synchronized @Nullable Answer answer(HttpExchange exchange, byte[] body) throws IOException {
        if (away) {
            return null;
        }
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/ping")) {
            return ping(exchange);
        }
        if (!path.equals(generation.path()) || !exchange.getRequestMethod().equals("POST")) {
            return new Answer(404, "not found", "");
        }
        if (!faults.isEmpty()) {
            return faults.poll();
        }
        if (!allowed(exchange)) {
            return generation == Generation.V2
                    ? error2(401, "unauthorized", "unauthorized access")
                    : new Answer(401, "{\"error\":\"the request was not authenticated\"}", "");
        }
        Map<String, String> parameters = parameters(exchange);
        return generation == Generation.V2 ? write2(exchange, parameters, body) : write3(exchange, parameters, body);
    }

    private Answer ping(HttpExchange exchange) {
        if (generation == Generation.V2) {
            exchange.getResponseHeaders().add("X-Influxdb-Version", "v2.7.11");
            exchange.getResponseHeaders().add("X-Influxdb-Build", "OSS");
            return new Answer(204, "", "");
        }
        if (!allowed(exchange)) {
            return new Answer(401, "", "");
        }
        exchange.getResponseHeaders().add("x-influxdb-version", "3.4.1");
        exchange.getResponseHeaders().add("x-influxdb-build", "Core");
        return new Answer(200, "{\"version\":\"3.4.1\",\"revision\":\"abc\",\"process_id\":\"1\"}", "");
    }

    private boolean allowed(HttpExchange exchange) {
        String expected = (generation == Generation.V2 ? "Token " : "Bearer ") + TOKEN;
        return expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private Answer write2(HttpExchange exchange, Map<String, String> parameters, byte[] body) throws IOException {
        if (!"acme".equals(parameters.get("org"))) {
            return error2(404, "not found", "organization name \"" + parameters.get("org") + "\" not found");
        }
        if (!"metrics".equals(parameters.get("bucket"))) {
            return error2(404, "not found", "bucket \"" + parameters.get("bucket") + "\" not found");
        }
        if (!List.of("s", "ms", "ns").contains(Objects.requireNonNullElse(parameters.get("precision"), ""))) {
            return error2(400, "invalid", "invalid precision; valid precision units are ns, us, ms, and s");
        }
        List<ParsedLine> parsed = new ArrayList<>();
        for (String line : lines(exchange, body)) {
            ParsedLine point = parsed(line);
            if (point == null) {
                return error2(400, "invalid", "unable to parse '" + line + "': invalid field format");
            }
            parsed.add(point);
        }
        int dropped = 0;
        String why = "";
        for (ParsedLine point : parsed) {
            String refusal = refusal(point);
            if (refusal.isEmpty()) {
                keep(point);
            } else {
                dropped++;
                why = refusal;
            }
        }
        return dropped == 0
                ? new Answer(204, "", "")
                : error2(
                        422,
                        "unprocessable entity",
                        "failure writing points to database: partial write: " + why + " dropped=" + dropped);
    }

    private Answer write3(HttpExchange exchange, Map<String, String> parameters, byte[] body) throws IOException {
        if (!"metrics".equals(parameters.get("db"))) {
            return new Answer(400, "{\"error\":\"invalid character in database name\"}", "");
        }
        if (!List.of("second", "millisecond", "nanosecond")
                .contains(Objects.requireNonNullElse(parameters.get("precision"), ""))) {
            return new Answer(400, "{\"error\":\"invalid precision\"}", "");
        }
        List<Map<String, Object>> refused = new ArrayList<>();
        List<String> lines = lines(exchange, body);
        for (int i = 0; i < lines.size(); i++) {
            ParsedLine point = parsed(lines.get(i));
            String refusal = point == null ? "No fields were provided" : refusal(point);
            if (point != null && refusal.isEmpty()) {
                keep(point);
            } else {
                refused.add(Map.of("original_line", lines.get(i), "line_number", i + 1, "error_message", refusal));
            }
        }
        return refused.isEmpty()
                ? new Answer(204, "", "")
                : new Answer(
                        400,
                        JSON.writeValueAsString(
                                Map.of("error", "partial write of line protocol occurred", "data", refused)),
                        "");
    }

    private String refusal(ParsedLine point) {
        if (point.tags().containsKey("time")) {
            return "input tag \"time\" on measurement \"" + point.measurement() + "\" is invalid";
        }
        return point.fields().containsKey("value") && texts.contains(point.measurement())
                ? "field type conflict: input field \"value\" on measurement \"" + point.measurement()
                        + "\" is type integer, already exists as type string"
                : "";
    }

    private void keep(ParsedLine point) {
        String identity = point.measurement() + point.tags() + point.timestamp();
        if (points.put(identity, point) == null) {
            inOrder.add(point);
        }
    }

    private static @Nullable ParsedLine parsed(String line) {
        try {
            ParsedLine point = ParsedLine.of(line);
            return point.fields().values().stream()
                            .allMatch(value -> FIELD.matcher(value).matches())
                    ? point
                    : null;
        } catch (AssertionError | RuntimeException e) {
            return null;
        }
    }

    private static List<String> lines(HttpExchange exchange, byte[] body) throws IOException {
        boolean compressed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        String text;
        try (GZIPInputStream in = compressed ? new GZIPInputStream(new ByteArrayInputStream(body)) : null) {
            text = new String(in == null ? body : in.readAllBytes(), UTF_8);
        }
        return text.lines().toList();
    }

    private static Map<String, String> parameters(HttpExchange exchange) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : exchange.getRequestURI().getRawQuery().split("&", -1)) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
        }
        return parameters;
    }

    private static Answer error2(int status, String code, String message) throws IOException {
        return new Answer(status, JSON.writeValueAsString(Map.of("code", code, "message", message)), "");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
