package io.heapster.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heapster.oracle.Figure;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The model API as a client sees it. */
final class ModelApi {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServiceProcess model;

    ModelApi(ServiceProcess model) {
        this.model = model;
    }

    /** A list of names, empty while the model is not ready. */
    List<String> list(String path) {
        List<String> names = new ArrayList<>();
        json(path).forEach(name -> names.add(name.asText()));
        return names;
    }

    /** All points of a figure by their tick. */
    Map<Instant, BigDecimal> series(Figure figure) {
        String labels = figure.labels().entrySet().stream()
                .map(label -> label.getKey() + ":" + label.getValue())
                .collect(Collectors.joining(","));
        String query = labels.isEmpty() ? "" : "?labels=" + encoded(labels);
        Map<Instant, BigDecimal> series = new TreeMap<>();
        for (JsonNode point : json(path(figure.entity()) + "metrics/" + figure.metric() + query)
                .path("metrics")) {
            JsonNode value = point.has("floatValue") ? point.get("floatValue") : point.get("value");
            series.put(Instant.parse(point.get("timestamp").asText()), value.decimalValue());
        }
        return series;
    }

    private JsonNode json(String path) {
        HttpResponse<String> response = model.get("/api/v1/model/" + path);
        try {
            return response.statusCode() == 200 ? JSON.readTree(response.body()) : JSON.createArrayNode();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(path + " answered " + response.body(), e);
        }
    }

    /** The path of an entity, from Heapster's key of it. */
    private static String path(String key) {
        if (key.equals("cluster")) {
            return "";
        }
        int container = key.indexOf("/container:");
        String owner = container < 0 ? key : key.substring(0, container);
        String tail = container < 0 ? "" : encoded(key.substring(container + "/container:".length())) + "/";
        if (owner.startsWith("node:")) {
            String node = "nodes/" + encoded(owner.substring("node:".length())) + "/";
            return container < 0 ? node : node + "freecontainers/" + tail;
        }
        String[] parts = owner.substring("namespace:".length()).split("/pod:", 2);
        String namespace = "namespaces/" + encoded(parts[0]) + "/";
        if (parts.length == 1) {
            return namespace;
        }
        String pod = namespace + "pods/" + encoded(parts[1]) + "/";
        return container < 0 ? pod : pod + "containers/" + tail;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
