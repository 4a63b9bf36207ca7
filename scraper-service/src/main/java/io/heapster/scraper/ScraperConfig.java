package io.heapster.scraper;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** What a user sets of the scraper alone; the resolution and Kafka are shared with the other services. */
@ConfigMapping(prefix = "heapster.scraper")
public interface ScraperConfig {
    /** Source URIs as of {@code --source}; none: the cluster if there is one, else this machine. */
    Optional<List<String>> sources();

    /** How long a node may take to answer, such as {@code 5s}; none: a third of the resolution, 10 s at most. */
    Optional<String> timeout();

    /** Between two labels in the label {@code labels}. */
    @WithDefault(",")
    String labelSeparator();

    /** {@code key} or {@code newKey=key}: labels of pods and nodes that are also stored under keys of their own. */
    Optional<List<String>> storeLabels();

    /** Keys that the label {@code labels} is made of; none: all. */
    Optional<List<String>> onlyLabels();

    /** Keys left out of the label {@code labels}. */
    Optional<List<String>> ignoreLabels();

    /** Most characters of the label {@code labels}; it is cut between two labels. */
    @WithDefault("2048")
    int maxLabelLength();

    /** Most entities (the node, its system containers, pods and their containers) that a node may tell of at a tick. */
    @WithDefault("20000")
    int maxEntities();

    /** Whether the clusters' Kubernetes events are published too. */
    @WithDefault("true")
    boolean events();

    Publish publish();

    /** The queue of records that wait for Kafka. */
    interface Publish {
        /** Most records that wait. */
        @WithDefault("20000")
        int queueRecords();

        /** Most bytes of records that wait. */
        @WithDefault("64M")
        MemorySize queueBytes();

        /** Largest record. */
        @WithDefault("900K")
        MemorySize maxRecordBytes();
    }
}
