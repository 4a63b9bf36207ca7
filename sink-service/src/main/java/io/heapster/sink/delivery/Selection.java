package io.heapster.sink.delivery;

import io.heapster.contract.event.EventRecord;
import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.ResourceSamples;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.sample.Samples;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.spi.Globs;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which points a sink wants. Safe for any number of threads. */
final class Selection {
    static final String METRICS = "metrics";
    static final String INCLUDE = "include_metrics";
    static final String EXCLUDE = "exclude_metrics";
    static final String TYPES = "types";
    static final String NAMESPACES = "namespaces";

    private static final String CUSTOM = "custom/";

    private final Globs included;
    private final Globs excluded;
    private final Set<EntityType> types;
    private final Globs namespaces;
    private final boolean[] declared = new boolean[MetricCatalogue.idBound()];

    Selection(Globs included, Globs excluded, Set<EntityType> types, Globs namespaces) {
        this.included = included;
        this.excluded = excluded;
        this.types = types;
        this.namespaces = namespaces;
        MetricCatalogue.declared().forEach(metric -> declared[metric.id()] = wants(metric));
    }

    /**
     * @param own options that the kind of sink gives a meaning of its own
     * @throws IllegalArgumentException if a value can match nothing, with the cure
     */
    static Selection of(ComponentUri uri, Set<String> own) {
        Globs included = metrics(uri, INCLUDE);
        if (included.isEmpty() && !own.contains(METRICS)) {
            included = metrics(uri, METRICS);
        }
        Globs namespaces = Globs.of(uri.option(NAMESPACES).orElse(""));
        if (namespaces.isEmpty() && uri.option(NAMESPACES).isPresent()) {
            throw uri.wrong(NAMESPACES, "", "names of namespaces, for instance shop,team-*");
        }
        return new Selection(included, metrics(uri, EXCLUDE), types(uri), namespaces);
    }

    private static Globs metrics(ComponentUri uri, String option) {
        Optional<String> given = uri.option(option);
        Globs globs = Globs.of(given.orElse(""));
        if (given.isPresent() && globs.isEmpty()) {
            throw uri.wrong(option, "", "names of metrics, for instance cpu/*,memory/usage");
        }
        for (String text : globs.texts()) {
            if (!mayMatch(text)) {
                throw uri.wrong(
                        option, text, "names of metrics as in docs/metrics.md, for instance cpu/*,memory/usage");
            }
        }
        return globs;
    }

    private static boolean mayMatch(String text) {
        Globs glob = Globs.of(text);
        String start = text.split("[*?]", 2)[0];
        return start.startsWith(CUSTOM)
                || (start.length() < text.length() && CUSTOM.startsWith(start))
                || MetricCatalogue.declared().stream().anyMatch(metric -> glob.matches(metric.name()));
    }

    private static Set<EntityType> types(ComponentUri uri) {
        Set<EntityType> all = EnumSet.allOf(EntityType.class);
        Optional<String> given = uri.option(TYPES);
        if (given.isEmpty()) {
            return all;
        }
        Set<EntityType> types = EnumSet.noneOf(EntityType.class);
        for (String text : given.get().split(",", -1)) {
            types.add(all.stream()
                    .filter(type -> type.label().equals(text.strip()))
                    .findFirst()
                    .orElseThrow(() -> uri.wrong(
                            TYPES,
                            text,
                            "some of "
                                    + Stream.of(EntityType.values())
                                            .map(EntityType::label)
                                            .collect(Collectors.joining(",")))));
        }
        return types;
    }

    /** Whether there is nothing this would leave out. */
    boolean isEverything() {
        return included.isEmpty()
                && excluded.isEmpty()
                && namespaces.isEmpty()
                && types.size() == EntityType.values().length;
    }

    /** An event about what belongs to no namespace, such as a node, is not a matter of namespaces either. */
    boolean wants(EventRecord event) {
        String namespace = event.involved().namespace();
        return namespaces.isEmpty() || namespace.isEmpty() || namespaces.matches(namespace);
    }

    /** The batch with only what is wanted; the batch itself when that is all. */
    SampleBatch of(SampleBatch batch) {
        List<Entity> entities = new ArrayList<>(batch.entities().size());
        boolean changed = false;
        for (Entity entity : batch.entities()) {
            Entity part = wants(entity) ? of(entity) : null;
            changed |= part != entity;
            if (part != null && part.sampleCount() > 0) {
                entities.add(part);
            }
        }
        return !changed
                ? batch
                : new SampleBatch(
                        batch.cluster(),
                        batch.node(),
                        batch.tickMillis(),
                        batch.resolutionMillis(),
                        batch.outcome(),
                        batch.reason(),
                        entities);
    }

    /** What belongs to no namespace, such as a node, is not a matter of namespaces. */
    private boolean wants(Entity entity) {
        if (!types.contains(entity.type())) {
            return false;
        }
        String namespace = namespaces.isEmpty() ? "" : entity.label(LabelKey.NAMESPACE_NAME);
        return namespace.isEmpty() || namespaces.matches(namespace);
    }

    private Entity of(Entity entity) {
        if (included.isEmpty() && excluded.isEmpty()) {
            return entity;
        }
        Entity part = new Entity(entity.type(), entity.labels());
        part.started(entity.startMillis());
        part.measured(entity.measuredMillis());
        part.networkMeasured(entity.networkMeasuredMillis());
        copy(entity.samples(), part.samples());
        for (ResourceSamples resource : entity.resources()) {
            Samples samples = new Samples();
            copy(resource.samples(), samples);
            if (!samples.isEmpty()) {
                part.resources().add(new ResourceSamples(resource.labels(), samples));
            }
        }
        return part.sampleCount() == entity.sampleCount() ? entity : part;
    }

    private void copy(Samples from, Samples into) {
        for (int i = 0; i < from.size(); i++) {
            int id = from.metricId(i);
            if (id < declared.length ? declared[id] : wants(MetricCatalogue.require(id))) {
                into.append(id, from.bits(i));
            }
        }
    }

    private boolean wants(Metric metric) {
        return (included.isEmpty() || included.matches(metric.name())) && !excluded.matches(metric.name());
    }
}
