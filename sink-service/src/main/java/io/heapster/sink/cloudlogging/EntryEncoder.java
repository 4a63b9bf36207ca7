package io.heapster.sink.cloudlogging;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.api.MonitoredResource;
import com.google.logging.type.LogSeverity;
import com.google.logging.v2.LogEntry;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.ResourceSamples;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.sample.Samples;
import io.heapster.sink.googlecloud.MonitoredResources;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** An entity at a tick as one log entry. For one thread. */
final class EntryEncoder {
    private final String logName;
    private final MonitoredResources resources;
    private final MessageDigest digest;

    EntryEncoder(String logName, MonitoredResources resources) {
        this.logName = logName;
        this.resources = resources;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    LogEntry encode(SampleBatch batch, Entity entity) {
        MonitoredResource resource = resources.of(batch.cluster(), entity.type(), entity.labels());
        LogEntry.Builder entry = LogEntry.newBuilder()
                .setLogName(logName)
                .setResource(resource)
                .setTimestamp(Timestamp.newBuilder()
                        .setSeconds(Math.floorDiv(batch.tickMillis(), 1_000L))
                        .setNanos((int) Math.floorMod(batch.tickMillis(), 1_000L) * 1_000_000))
                .setSeverity(LogSeverity.INFO)
                .setInsertId(insertId(batch, entity))
                .putLabels(LabelKey.TYPE, entity.type().label())
                .putLabels(LabelKey.CLUSTER_NAME, resources.clusterName(batch.cluster()));
        Labels labels = entity.labels();
        for (int i = 0; i < labels.size(); i++) {
            entry.putLabels(labels.key(i), labels.value(i));
        }
        return entry.setJsonPayload(payload(entity)).build();
    }

    private static Struct payload(Entity entity) {
        Struct.Builder payload =
                Struct.newBuilder().putFields("key", text(entity.key())).putFields("values", values(entity.samples()));
        if (!entity.resources().isEmpty()) {
            Value.Builder list = Value.newBuilder();
            for (ResourceSamples resource : entity.resources()) {
                Struct.Builder labels = Struct.newBuilder();
                for (int i = 0; i < resource.labels().size(); i++) {
                    labels.putFields(
                            resource.labels().key(i), text(resource.labels().value(i)));
                }
                list.getListValueBuilder()
                        .addValuesBuilder()
                        .getStructValueBuilder()
                        .putFields(
                                "labels",
                                Value.newBuilder().setStructValue(labels).build())
                        .putFields("values", values(resource.samples()));
            }
            payload.putFields("resources", list.build());
        }
        return payload.build();
    }

    /** Numbers no JSON can say are left out; the sink reports them. */
    private static Value values(Samples samples) {
        Struct.Builder values = Struct.newBuilder();
        for (int i = 0; i < samples.size(); i++) {
            double value = samples.doubleValue(i);
            if (Double.isFinite(value)) {
                values.putFields(
                        samples.metric(i).name(),
                        Value.newBuilder().setNumberValue(value).build());
            }
        }
        return Value.newBuilder().setStructValue(values).build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    /**
     * The same for the same points, so that Google keeps one of two writes; another for another part of the entity, as
     * when a write was divided.
     */
    private String insertId(SampleBatch batch, Entity entity) {
        digest.reset();
        update(batch.cluster());
        update(batch.node());
        update(entity.type().label());
        update(entity.key());
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, batch.tickMillis()));
        update(entity.samples());
        for (ResourceSamples resource : entity.resources()) {
            update(resource.labels().toString());
            update(resource.samples());
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    private void update(String text) {
        digest.update(text.getBytes(UTF_8));
        digest.update((byte) 0);
    }

    private void update(Samples samples) {
        for (int i = 0; i < samples.size(); i++) {
            int id = samples.metricId(i);
            if (id < MetricCatalogue.FIRST_CUSTOM_ID) {
                digest.update((byte) (id >> 8));
                digest.update((byte) id);
            } else {
                // A custom metric's number holds in this process only.
                update(samples.metric(i).name());
            }
        }
        digest.update((byte) 0xff);
    }
}
