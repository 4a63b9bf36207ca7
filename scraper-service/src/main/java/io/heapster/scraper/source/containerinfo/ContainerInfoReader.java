package io.heapster.scraper.source.containerinfo;

import io.heapster.scraper.source.decode.Field;
import io.heapster.scraper.source.decode.JsonCursor;
import io.heapster.scraper.source.decode.MalformedJsonException;
import io.heapster.scraper.source.decode.Measurement;
import io.heapster.scraper.source.decode.Warnings;
import org.jspecify.annotations.Nullable;

/**
 * Reads ContainerInfo objects from a document, wherever in it they stand. Every field may be missing; of a container's
 * stats the last element counts. Not safe for several threads.
 */
public final class ContainerInfoReader {
    private final JsonCursor json;
    private final CustomMetrics customMetrics;
    private final Stats stats;
    private final ContainerInfo info;

    /** @param json of the document, standing before a ContainerInfo at each {@link #read} */
    public ContainerInfoReader(JsonCursor json, Warnings warnings) {
        this.json = json;
        this.customMetrics = new CustomMetrics(json, warnings);
        this.stats = new Stats(json, customMetrics);
        this.info = new ContainerInfo(new Measurement(), stats, customMetrics);
    }

    /**
     * Reads the next object.
     *
     * @return always the same, filled anew; null when the value is no object
     */
    public @Nullable ContainerInfo read() throws MalformedJsonException {
        return read("");
    }

    /**
     * Reads the next object, which may leave out its name, as version 2 of cAdvisor's API does.
     *
     * @param path the control group it is told under
     */
    public @Nullable ContainerInfo read(String path) throws MalformedJsonException {
        if (!json.beginObject()) {
            return null;
        }
        info.clear();
        info.path(path);
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case NAME -> info.path(json.readText());
                case ALIASES -> readAliases();
                case SPEC -> readSpec();
                case STATS -> stats.readAll();
                default -> json.skip();
            }
        }
        return info;
    }

    /**
     * Reads an array of the machine's stats, which version 2 of cAdvisor's API tells without a spec.
     *
     * @param createdMillis milliseconds since 1970 when the machine began; 0 if nobody knows
     */
    public ContainerInfo readMachineStats(long createdMillis) throws MalformedJsonException {
        info.clear();
        info.path("/");
        info.created(createdMillis);
        info.hasAll();
        stats.readAll();
        return info;
    }

    /** Reads a spec alone, for its time of creation: milliseconds since 1970, or 0. */
    public long readCreation() throws MalformedJsonException {
        info.clear();
        readSpec();
        return info.createdMillis();
    }

    private void readAliases() throws MalformedJsonException {
        if (!json.beginArray()) {
            return;
        }
        boolean first = true;
        while (json.nextElement()) {
            if (first) {
                info.alias(json.readText());
                first = false;
            } else {
                json.skip();
            }
        }
    }

    private void readSpec() throws MalformedJsonException {
        if (!json.beginObject()) {
            return;
        }
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case CREATION_TIME -> info.created(json.readTime());
                case ALIASES -> readAliases();
                case LABELS -> readLabels();
                case IMAGE -> info.image(json.readName());
                case HAS_CPU -> info.hasCpu(json.readBoolean());
                case HAS_MEMORY -> info.hasMemory(json.readBoolean());
                case HAS_NETWORK -> info.hasNetwork(json.readBoolean());
                case HAS_FILESYSTEM -> info.hasFilesystem(json.readBoolean());
                case HAS_DISKIO -> info.hasDiskIo(json.readBoolean());
                case HAS_PROCESSES -> info.hasProcesses(json.readBoolean());
                case CUSTOM_METRICS -> customMetrics.readDeclarations();
                default -> json.skip();
            }
        }
    }

    private void readLabels() throws MalformedJsonException {
        if (!json.beginObject()) {
            return;
        }
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case KUBERNETES_CONTAINER -> info.containerName(json.readName());
                case KUBERNETES_NAMESPACE -> info.podNamespace(json.readName());
                case KUBERNETES_POD -> info.podName(json.readText());
                case KUBERNETES_UID -> info.podUid(json.readText());
                case CONTAINERD_KIND -> info.kind(json.readName());
                default -> json.skip();
            }
        }
    }
}
