package io.heapster.sink.log;

import io.heapster.contract.event.EventRecord;
import io.heapster.contract.metric.Metric;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityKey;
import io.heapster.contract.sample.ResourceSamples;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.sample.Samples;
import io.heapster.sink.spi.TextBuffer;
import java.time.Instant;
import java.util.Locale;

/** {@code 2026-11-21T10:00:00Z node:node-1 cpu/usage_rate=15 filesystem/usage{resource_id:/}=13340}. */
final class TextFormat implements LogFormat {

    @Override
    public void entity(SampleBatch batch, Entity entity, TextBuffer line) {
        head(batch, entity.key(), line);
        samples(entity.samples(), "", line);
        for (ResourceSamples resource : entity.resources()) {
            samples(resource.samples(), "{" + oneLine(resource.labels().toString()) + "}", line);
        }
        line.append('\n');
    }

    @Override
    public void silence(SampleBatch batch, TextBuffer line) {
        head(batch, EntityKey.node(batch.node()), line);
        line.append(' ')
                .append(batch.outcome().name().toLowerCase(Locale.ROOT))
                .append(": ")
                .append(oneLine(batch.reason()))
                .append('\n');
    }

    @Override
    public void event(EventRecord event, TextBuffer line) {
        String namespace = event.involved().namespace();
        line.append(Instant.ofEpochMilli(event.lastMillis()).toString())
                .append(" event ")
                .append(oneLine(event.type()))
                .append(' ')
                .append(oneLine(event.reason()))
                .append(' ')
                .append(oneLine(event.involved().kind()))
                .append(' ')
                .append(oneLine(namespace.isEmpty() ? "" : namespace + "/"))
                .append(oneLine(event.involved().name()))
                .append(" (")
                .append(oneLine(event.component()))
                .append(oneLine(event.host().isEmpty() ? "" : " " + event.host()))
                .append(event.count() > 1 ? ", " + event.count() + " times): " : "): ")
                .append(oneLine(event.message()))
                .append('\n');
    }

    private static void head(SampleBatch batch, String key, TextBuffer line) {
        line.append(Instant.ofEpochMilli(batch.tickMillis()).toString())
                .append(' ')
                .append(oneLine(key));
    }

    private static void samples(Samples samples, String resource, TextBuffer line) {
        for (int i = 0; i < samples.size(); i++) {
            Metric metric = samples.metric(i);
            line.append(' ').append(metric.name()).append(resource).append('=');
            if (metric.isDouble()) {
                line.append(samples.doubleValue(i), metric.decimals());
            } else {
                line.append(samples.bits(i));
            }
        }
    }

    /** An entity must not be able to forge a line. */
    private static String oneLine(String text) {
        return text.indexOf('\n') < 0 && text.indexOf('\r') < 0
                ? text
                : text.replace('\n', ' ').replace('\r', ' ');
    }
}
