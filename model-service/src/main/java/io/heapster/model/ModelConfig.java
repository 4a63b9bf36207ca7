package io.heapster.model;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of the model service. */
@ConfigMapping(prefix = "heapster.model")
public interface ModelConfig {
    /** How long every sample is kept. */
    @WithDefault("15m")
    Duration window();

    /** Samples finer than this are merged to it as soon as it is over. */
    @WithDefault("30s")
    Duration resolution();

    /** How long after the end of a tick's window nodes are waited for before namespaces and clusters are summed. */
    @WithDefault("10s")
    Duration sumsGrace();

    /** How far ahead of this machine's clock a tick may begin before its batch is refused. */
    @WithDefault("2m")
    Duration clockTolerance();

    /** How many entities are kept in all: clusters, namespaces, nodes, pods and containers. */
    @WithDefault("500000")
    int maxEntities();

    /** How many values are kept in all, of all metrics at all ticks; 0 when there is no limit. */
    @WithDefault("400000000")
    long maxPoints();

    /** How many labels of its own an entity may have besides Heapster's. */
    @WithDefault("32")
    int maxLabels();

    /** How many characters of a label's value are kept. */
    @WithDefault("2048")
    int maxLabelLength();

    /** The cluster meant by a request that names none; without it the only one, or {@code default}. */
    Optional<String> cluster();

    /** What separates the labels of a pod or node in the label {@code labels}, as scrapers are set to join them. */
    @WithDefault(",")
    String labelSeparator();
}
