package io.heapster.sink.influxdb;

import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.spi.Globs;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where labels go: into tags, each value of which makes series of its own; into text fields, which make none; or
 * nowhere. Labels that tell entities apart are always tags, since without them points would overwrite each other.
 */
final class LabelPlacement {
    private static final Set<String> IDENTITY = Set.of(
            LabelKey.CLUSTER_NAME,
            LabelKey.TYPE,
            LabelKey.NODENAME,
            LabelKey.NAMESPACE_NAME,
            LabelKey.POD_NAME,
            LabelKey.CONTAINER_NAME,
            LabelKey.RESOURCE_ID,
            LabelKey.MAKE,
            LabelKey.MODEL,
            LabelKey.ACCELERATOR_ID);

    /** The labels of one entity, each where it goes. */
    record Placed(SortedMap<String, String> tags, SortedMap<String, String> fields) {}

    private final Optional<Globs> tags;
    private final Globs fields;
    private final boolean inName;

    private LabelPlacement(Optional<Globs> tags, Globs fields, boolean inName) {
        this.tags = tags;
        this.fields = fields;
        this.inName = inName;
    }

    static LabelPlacement of(ComponentUri uri, Schema schema) {
        boolean inName = uri.booleanOption("avoidColumns", false);
        if (inName && schema != Schema.V0) {
            throw uri.wrong("avoidColumns", "true", "it together with schema=v0 only");
        }
        Globs fields = Globs.of(String.join(",", uri.options("fields")));
        if (IDENTITY.stream().anyMatch(fields::matches)) {
            throw uri.wrong(
                    "fields",
                    fields.toString(),
                    "labels that do not tell entities apart, for instance pod_id,host_id,labels");
        }
        Optional<Globs> tags = uri.options("tags").isEmpty()
                ? Optional.empty()
                : Optional.of(Globs.of(String.join(",", uri.options("tags"))));
        return new LabelPlacement(tags, fields, inName);
    }

    /** Whether labels stand in the name of the series, so that there are no tags. */
    boolean inName() {
        return inName;
    }

    /** The labels of an event: tags, as Heapster had them, but for those the user wants as fields. */
    Placed placeOfEvent(SortedMap<String, String> labels) {
        Placed placed = new Placed(new TreeMap<>(), new TreeMap<>());
        labels.forEach((label, value) -> (fields.matches(label) ? placed.fields : placed.tags).put(label, value));
        return placed;
    }

    Placed place(Schema schema, String cluster, EntityType type, Labels entity, Labels resource) {
        SortedMap<String, String> all = schema.labels(cluster, type, entity, resource);
        Placed placed = new Placed(new TreeMap<>(), new TreeMap<>());
        all.forEach((label, value) -> {
            if (resource.has(label) || IDENTITY.contains(label)) {
                placed.tags.put(label, value);
            } else if (fields.matches(label)) {
                placed.fields.put(label, value);
            } else if (tags.isPresent() ? tags.get().matches(label) : schema.isTag(label)) {
                placed.tags.put(label, value);
            }
        });
        return placed;
    }
}
