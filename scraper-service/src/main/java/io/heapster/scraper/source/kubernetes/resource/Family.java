package io.heapster.scraper.source.kubernetes.resource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The metrics that are used: what they are of, and what they measure. */
enum Family {
    NODE_CPU("node_cpu_usage_seconds_total", Level.NODE, Quantity.CPU),
    NODE_MEMORY("node_memory_working_set_bytes", Level.NODE, Quantity.WORKING_SET),
    NODE_SWAP("node_swap_usage_bytes", Level.NODE, Quantity.SWAP),
    POD_CPU("pod_cpu_usage_seconds_total", Level.POD, Quantity.CPU),
    POD_MEMORY("pod_memory_working_set_bytes", Level.POD, Quantity.WORKING_SET),
    POD_SWAP("pod_swap_usage_bytes", Level.POD, Quantity.SWAP),
    CONTAINER_CPU("container_cpu_usage_seconds_total", Level.CONTAINER, Quantity.CPU),
    CONTAINER_MEMORY("container_memory_working_set_bytes", Level.CONTAINER, Quantity.WORKING_SET),
    CONTAINER_SWAP("container_swap_usage_bytes", Level.CONTAINER, Quantity.SWAP),
    CONTAINER_START("container_start_time_seconds", Level.CONTAINER, Quantity.START);

    private static final Family[] ALL = values();

    private final String text;
    private final Level level;
    private final Quantity quantity;
    /** Never written. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final byte[] ascii;

    enum Level {
        NODE,
        POD,
        CONTAINER
    }

    /** With how many decimal places of the value make one of our units. */
    enum Quantity {
        CPU(9),
        WORKING_SET(0),
        SWAP(0),
        START(3);

        private final int decimals;

        Quantity(int decimals) {
            this.decimals = decimals;
        }

        /** By which power of ten the value is multiplied: nanoseconds, bytes or milliseconds come of it. */
        int decimals() {
            return decimals;
        }
    }

    Family(String text, Level level, Quantity quantity) {
        this.text = text;
        this.level = level;
        this.quantity = quantity;
        this.ascii = text.getBytes(StandardCharsets.US_ASCII);
    }

    String text() {
        return text;
    }

    Level level() {
        return level;
    }

    Quantity quantity() {
        return quantity;
    }

    /** The family these bytes name, or null. */
    static @Nullable Family of(byte[] document, int start, int end) {
        for (Family family : ALL) {
            if (Arrays.equals(document, start, end, family.ascii, 0, family.ascii.length)) {
                return family;
            }
        }
        return null;
    }
}
