package io.heapster.sink.log;

import io.heapster.contract.event.EventRecord;
import io.heapster.contract.metric.Metric;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.ResourceSamples;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.sample.Samples;
import io.heapster.sink.spi.TextBuffer;
import java.time.Instant;
import java.util.Locale;

/**
 * One JSON object a line: {@code tick}, {@code cluster}, {@code type}, {@code key}, {@code labels}, {@code values} and,
 * where there are any, {@code resources} with {@code labels} and {@code values} each. Of an event: {@code time},
 * {@code cluster}, {@code type} and {@code event}, the object as Kubernetes has it.
 */
final class JsonFormat implements LogFormat {

    @Override
    public void entity(SampleBatch batch, Entity entity, TextBuffer line) {
        head(batch, line);
        line.append(",\"type\":");
        quoted(entity.type().label(), line);
        line.append(",\"key\":");
        quoted(entity.key(), line);
        line.append(",\"labels\":");
        labels(entity.labels(), line);
        line.append(",\"values\":");
        values(entity.samples(), line);
        char separator = '[';
        for (ResourceSamples resource : entity.resources()) {
            line.append(separator == '[' ? ",\"resources\":[{\"labels\":" : ",{\"labels\":");
            labels(resource.labels(), line);
            line.append(",\"values\":");
            values(resource.samples(), line);
            line.append('}');
            separator = ',';
        }
        line.append(separator == '[' ? "}\n" : "]}\n");
    }

    @Override
    public void silence(SampleBatch batch, TextBuffer line) {
        head(batch, line);
        line.append(",\"node\":");
        quoted(batch.node(), line);
        line.append(",\"outcome\":");
        quoted(batch.outcome().name().toLowerCase(Locale.ROOT), line);
        line.append(",\"reason\":");
        quoted(batch.reason(), line);
        line.append("}\n");
    }

    @Override
    public void event(EventRecord event, TextBuffer line) {
        line.append("{\"time\":");
        quoted(Instant.ofEpochMilli(event.lastMillis()).toString(), line);
        line.append(",\"cluster\":");
        quoted(event.cluster(), line);
        // A line break in a JSON object stands between its parts only, where a space does as well.
        line.append(",\"type\":\"event\",\"event\":")
                .append(event.json().replace('\n', ' ').replace('\r', ' '))
                .append("}\n");
    }

    private static void head(SampleBatch batch, TextBuffer line) {
        line.append("{\"tick\":");
        quoted(Instant.ofEpochMilli(batch.tickMillis()).toString(), line);
        line.append(",\"cluster\":");
        quoted(batch.cluster(), line);
    }

    private static void labels(Labels labels, TextBuffer line) {
        char separator = '{';
        for (int i = 0; i < labels.size(); i++) {
            line.append(separator);
            quoted(labels.key(i), line);
            line.append(':');
            quoted(labels.value(i), line);
            separator = ',';
        }
        line.append(separator == '{' ? "{}" : "}");
    }

    private static void values(Samples samples, TextBuffer line) {
        line.append('{');
        for (int i = 0; i < samples.size(); i++) {
            Metric metric = samples.metric(i);
            if (i > 0) {
                line.append(',');
            }
            quoted(metric.name(), line);
            line.append(':');
            if (!metric.isDouble()) {
                line.append(samples.bits(i));
            } else if (Double.isFinite(samples.doubleValue(i))) {
                line.append(samples.doubleValue(i), metric.decimals());
            } else {
                line.append("null");
            }
        }
        line.append('}');
    }

    private static void quoted(String text, TextBuffer line) {
        line.append('"');
        if (plain(text)) {
            line.append(text);
        } else {
            escaped(text, line);
        }
        line.append('"');
    }

    private static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private static void escaped(String text, TextBuffer line) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                escaped.append('\\').append(c);
            } else if (c < ' ') {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        line.append(escaped.toString());
    }
}
