package io.heapster.scraper.source.cadvisor;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Documents written by the types that cAdvisor answers with: {@code info/v1} ({@code ContainerInfo}, {@code MachineInfo}) for
 * version 1.3 of its API, {@code info/v2} ({@code ContainerInfo}, {@code MachineStats}, {@code ContainerSpec}) for 2.1.
 */
final class Documents {
    static final String SUBCONTAINERS = "v1.3-subcontainers.json";
    static final String SPEC = "v2.1-spec.json";
    static final String MACHINE_STATS = "v2.1-machinestats.json";
    static final String STATS = "v2.1-stats.json";
    static final String MACHINE = "machine.json";

    private Documents() {}

    static byte[] read(String name) {
        String path = "/cadvisor/" + name;
        try (InputStream in = Objects.requireNonNull(Documents.class.getResourceAsStream(path), path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
