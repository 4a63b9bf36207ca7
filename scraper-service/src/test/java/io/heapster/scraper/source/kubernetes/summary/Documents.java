package io.heapster.scraper.source.kubernetes.summary;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heapster.contract.metric.Metric;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.ResourceSamples;
import io.heapster.contract.sample.Samples;
import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.ScrapeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Test documents and what is needed to look at what they decode to. */
final class Documents {
    static final Labels NODE = Labels.of("nodename", "node-1", "hostname", "node-1", "host_id", "h-1");
    static final long ANSWERED = 1_795_250_600_000L;
    static final ObjectMapper JACKSON = new ObjectMapper();

    private Documents() {}

    static byte[] resource(String name) {
        try (InputStream in = Documents.class.getResourceAsStream("/kubernetes/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode tree(byte[] document) {
        try {
            return JACKSON.readTree(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Reading decode(byte[] document) {
        try {
            return new SummaryDecoder().decode(document, document.length, NODE, ANSWERED);
        } catch (ScrapeException e) {
            throw new AssertionError(e);
        }
    }

    static Reading decode(String document) {
        return decode(document.getBytes(UTF_8));
    }

    /** By key, in order. */
    static Map<String, Entity> byKey(Reading reading) {
        Map<String, Entity> entities = new LinkedHashMap<>();
        reading.entities().forEach(entity -> entities.put(entity.key(), entity));
        return entities;
    }

    static Entity entity(Reading reading, String key) {
        return Objects.requireNonNull(byKey(reading).get(key), key);
    }

    /** Every value of an entity: {@code cpu/usage} and {@code filesystem/usage{resource_id:/}}. */
    static Map<String, Number> values(Entity entity) {
        Map<String, Number> values = new TreeMap<>();
        collect(values, entity.samples(), "");
        for (ResourceSamples resource : entity.resources()) {
            collect(values, resource.samples(), "{" + resource.labels() + "}");
        }
        return values;
    }

    private static void collect(Map<String, Number> values, Samples samples, String suffix) {
        for (int i = 0; i < samples.size(); i++) {
            Metric metric = samples.metric(i);
            Number value = metric.isDouble() ? (Number) samples.doubleValue(i) : (Number) samples.longValue(i);
            if (values.put(metric.name() + suffix, value) != null) {
                throw new AssertionError(metric + suffix + " twice");
            }
        }
    }
}
