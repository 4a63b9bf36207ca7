package io.heapster.scraper.source.cadvisor;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.scraper.source.NodeInventory;
import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.ScrapeException.Reason;
import io.heapster.scraper.source.containerinfo.ContainerInfo;
import io.heapster.scraper.source.containerinfo.ContainerInfoReader;
import io.heapster.scraper.source.decode.Field;
import io.heapster.scraper.source.decode.JsonCursor;
import io.heapster.scraper.source.decode.MalformedJsonException;
import io.heapster.scraper.source.decode.Warnings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes cAdvisor's documents. The root is the node, every other control group a system container, named by the first of
 * its aliases or else its path. Times are milliseconds since 1970; what fails is a {@link ScrapeException} with
 * {@link Reason#DECODE}.
 *
 * <p>Keeps scratch memory between documents: not safe for several threads, use one for each.
 */
final class CadvisorDecoder {
    /** The document does not tell of the machine. */
    static final String NO_MACHINE = "no_machine";
    /** Two containers have one name: the one that started later counts. */
    static final String SAME_NAME = "same_name";

    private static final String ROOT = "/";

    private final Warnings warnings = new Warnings();
    private final JsonCursor json = new JsonCursor(warnings);
    private final ContainerInfoReader reader = new ContainerInfoReader(json, warnings);
    private final Map<String, Integer> places = new HashMap<>();

    /** A document's content, between its beginning and its end. */
    @FunctionalInterface
    private interface Content<T> {
        T read() throws MalformedJsonException, ScrapeException;
    }

    /** The answer of version 1.3 to {@code subcontainers/}: an array of ContainerInfo, the machine among them. */
    Reading subcontainers(byte[] bytes, int length, Labels labels, long answered) throws ScrapeException {
        return document(bytes, length, () -> {
            if (!json.beginArray()) {
                throw unexpected("array of containers");
            }
            Gathering gathering = new Gathering(new Entity(EntityType.NODE, labels), answered);
            while (json.nextElement()) {
                gathering.take(reader.read());
            }
            return gathering.reading();
        });
    }

    /** The answer of version 2.1 to {@code stats/}: containers by their paths, without the machine. */
    Reading stats(byte[] bytes, int length, Entity node, long answered) throws ScrapeException {
        return document(bytes, length, () -> {
            if (!json.beginObject()) {
                throw unexpected("map of containers");
            }
            Gathering gathering = new Gathering(node, answered);
            while (json.nextField() != null) {
                gathering.take(reader.read(json.fieldName()));
            }
            return gathering.reading();
        });
    }

    /**
     * The answer of version 2.1 to {@code machinestats}.
     *
     * @param created when the machine began; 0 if nobody knows
     * @return without samples when it has no stats yet
     */
    Entity machineStats(byte[] bytes, int length, Labels labels, long created, long answered) throws ScrapeException {
        return document(bytes, length, () -> {
            ContainerInfo machine = reader.readMachineStats(created);
            return machine.isMeasured()
                    ? machine.toEntity(EntityType.NODE, labels, answered)
                    : new Entity(EntityType.NODE, labels);
        });
    }

    /** The answer of version 2.1 to {@code spec/}: when the machine began, or 0. */
    long creation(byte[] bytes, int length) throws ScrapeException {
        return document(bytes, length, () -> {
            if (!json.beginObject()) {
                throw unexpected("map of specs");
            }
            long created = 0;
            while (json.nextField() != null) {
                boolean machine = json.fieldName().equals(ROOT);
                long time = reader.readCreation();
                created = machine ? time : created;
            }
            return created;
        });
    }

    /** The answer of both versions to {@code machine}: what the machine has, all of which may be used. */
    NodeInventory capacity(byte[] bytes, int length) throws ScrapeException {
        return document(bytes, length, () -> {
            if (!json.beginObject()) {
                throw unexpected("machine");
            }
            long cores = 0;
            long memory = 0;
            for (Field field = json.nextField(); field != null; field = json.nextField()) {
                switch (field) {
                    case NUMBER_OF_CORES -> cores = Math.max(0, json.readLong());
                    case MEMORY_CAPACITY -> memory = Math.max(0, json.readLong());
                    default -> json.skip();
                }
            }
            double millis = 1_000.0 * cores;
            return new NodeInventory(
                    cores > 0, Labels.EMPTY, millis, millis, memory, memory, 0, 0, true, List.of(), Map.of());
        });
    }

    private <T> T document(byte[] bytes, int length, Content<T> content) throws ScrapeException {
        warnings.begin();
        json.begin(bytes, length);
        try {
            T result = content.read();
            json.finish();
            return result;
        } catch (MalformedJsonException e) {
            throw new ScrapeException(Reason.DECODE, String.valueOf(e.getMessage()), e);
        }
    }

    private static ScrapeException unexpected(String expected) {
        return new ScrapeException(Reason.DECODE, "the answer is no " + expected, null);
    }

    /** Entities of one document as they are told. */
    private final class Gathering {
        private final Labels nodeLabels;
        private final long answered;
        private final List<Entity> entities = new ArrayList<>();

        /** @param node as told already; without samples if it was not */
        Gathering(Entity node, long answered) {
            this.nodeLabels = node.labels();
            this.answered = answered;
            entities.add(node);
            places.clear();
        }

        private boolean isMachineTold() {
            return !entities.get(0).samples().isEmpty();
        }

        void take(@Nullable ContainerInfo info) {
            if (info == null || !info.isMeasured()) {
                return;
            }
            if (info.path().equals(ROOT)) {
                if (!isMachineTold()) {
                    entities.set(0, info.toEntity(EntityType.NODE, nodeLabels, answered));
                }
                return;
            }
            String name = info.name().startsWith(ROOT) ? info.name().substring(1) : info.name();
            if (name.isEmpty()) {
                warnings.add(Warnings.NO_NAME, "container");
                return;
            }
            Entity entity = info.toEntity(
                    EntityType.SYSTEM_CONTAINER,
                    nodeLabels.with(LabelKey.CONTAINER_BASE_IMAGE, info.image()).with(LabelKey.CONTAINER_NAME, name),
                    answered);
            Integer place = places.putIfAbsent(name, entities.size());
            if (place == null) {
                entities.add(entity);
                return;
            }
            warnings.add(SAME_NAME, name);
            if (entity.startMillis() > entities.get(place).startMillis()) {
                entities.set(place, entity);
            }
        }

        Reading reading() {
            if (!isMachineTold()) {
                warnings.add(NO_MACHINE, ROOT);
            }
            return new Reading(entities, warnings.lines());
        }
    }
}
