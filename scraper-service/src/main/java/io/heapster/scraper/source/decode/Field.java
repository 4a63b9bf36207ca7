package io.heapster.scraper.source.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The names in documents of kubelets and cAdvisors that mean something to us, found by the hash that the cursor makes while
 * it reads a name.
 */
public enum Field {
    ACCELERATORS("accelerators"),
    ALIASES("aliases"),
    AVAILABLE("available"),
    AVAILABLE_BYTES("availableBytes"),
    AVG10("avg10"),
    BYTES_RECEIVED("rx_bytes"),
    BYTES_SENT("tx_bytes"),
    CACHE("cache"),
    CAPACITY("capacity"),
    CAPACITY_BYTES("capacityBytes"),
    CONTAINERD_KIND("io.cri-containerd.kind"),
    CONTAINERS("containers"),
    CONTAINER_DATA("container_data"),
    CPU("cpu"),
    CREATION_TIME("creation_time"),
    CUSTOM_METRICS("custom_metrics"),
    DEVICE("device"),
    DISKIO("diskio"),
    DUTY_CYCLE("dutyCycle"),
    DUTY_CYCLE_PERCENT("duty_cycle"),
    EPHEMERAL_STORAGE("ephemeral-storage"),
    FILESYSTEM("filesystem"),
    FLOAT_VALUE("float_value"),
    FORMAT("format"),
    FREE_INODES("inodes_free"),
    FS("fs"),
    FULL("full"),
    HAS_CPU("has_cpu"),
    HAS_DISKIO("has_diskio"),
    HAS_FILESYSTEM("has_filesystem"),
    HAS_INODES("has_inodes"),
    HAS_MEMORY("has_memory"),
    HAS_NETWORK("has_network"),
    HAS_PROCESSES("has_processes"),
    ID("id"),
    IMAGE("image"),
    INODES("inodes"),
    INODES_FREE("inodesFree"),
    /** Of no use but to be known when it comes. */
    INODES_USED("inodesUsed"),
    INTERFACES("interfaces"),
    INT_VALUE("int_value"),
    IO("io"),
    IO_SERVICE_BYTES("io_service_bytes"),
    KUBERNETES_CONTAINER("io.kubernetes.container.name"),
    KUBERNETES_NAMESPACE("io.kubernetes.pod.namespace"),
    KUBERNETES_POD("io.kubernetes.pod.name"),
    KUBERNETES_UID("io.kubernetes.pod.uid"),
    LABELS("labels"),
    LOAD_AVERAGE("load_average"),
    LOGS("logs"),
    MAJOR("major"),
    MAJOR_PAGE_FAULTS("majorPageFaults"),
    MAKE("make"),
    MEMORY("memory"),
    MEMORY_CAPACITY("memory_capacity"),
    MEMORY_TOTAL("memoryTotal"),
    MEMORY_USED("memoryUsed"),
    MINOR("minor"),
    MODEL("model"),
    NAME("name"),
    NAMESPACE("namespace"),
    NETWORK("network"),
    NODE("node"),
    NUMBER_OF_CORES("num_cores"),
    PAGE_FAULTS("pageFaults"),
    PGFAULT("pgfault"),
    PGMAJFAULT("pgmajfault"),
    PODS("pods"),
    POD_REF("podRef"),
    PROCESSES("processes"),
    PROCESS_COUNT("process_count"),
    PROCESS_STATS("process_stats"),
    PSI("psi"),
    READ("Read"),
    RECEIVE_ERRORS("rx_errors"),
    ROOTFS("rootfs"),
    RSS("rss"),
    RSS_BYTES("rssBytes"),
    RX_BYTES("rxBytes"),
    RX_ERRORS("rxErrors"),
    SEND_ERRORS("tx_errors"),
    SOME("some"),
    SPEC("spec"),
    START_TIME("startTime"),
    STATS("stats"),
    SWAP("swap"),
    SWAP_AVAILABLE_BYTES("swapAvailableBytes"),
    SWAP_USAGE_BYTES("swapUsageBytes"),
    SYSTEM_CONTAINERS("systemContainers"),
    TIME("time"),
    TIMESTAMP("timestamp"),
    TOTAL("total"),
    TOTAL_MEMORY("memory_total"),
    TOTAL_USAGE_BYTES("totalUsageBytes"),
    TX_BYTES("txBytes"),
    TX_ERRORS("txErrors"),
    TYPE("type"),
    UID("uid"),
    USAGE("usage"),
    USAGE_BYTES("usageBytes"),
    USAGE_CORE_NANO_SECONDS("usageCoreNanoSeconds"),
    /** Of no use but to be known when it comes. */
    USAGE_NANO_CORES("usageNanoCores"),
    USED_BYTES("usedBytes"),
    USED_MEMORY("memory_used"),
    USER_DEFINED_METRICS("userDefinedMetrics"),
    VALUE("value"),
    VOLUME("volume"),
    WORKING_SET("working_set"),
    WORKING_SET_BYTES("workingSetBytes"),
    WRITE("Write"),
    /** Any other name. */
    OTHER("");

    /** A power of two, large enough that most names have a slot to themselves. */
    private static final int SLOTS = 1024;

    private static final @Nullable Field[] TABLE = new Field[SLOTS];

    static {
        for (Field field : values()) {
            if (field != OTHER) {
                int slot = slot(hash(field.ascii));
                while (TABLE[slot] != null) {
                    slot = (slot + 1) & (SLOTS - 1);
                }
                TABLE[slot] = field;
            }
        }
    }

    /** Never written. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final byte[] ascii;

    Field(String name) {
        ascii = name.getBytes(StandardCharsets.US_ASCII);
    }

    /** The name as in the document. */
    public String text() {
        return new String(ascii, StandardCharsets.US_ASCII);
    }

    /** The field named by these bytes, whose {@link #hash} is given. */
    static Field of(byte[] document, int start, int end, int hash) {
        int slot = slot(hash);
        Field field = TABLE[slot];
        while (field != null) {
            if (field.isNamed(document, start, end)) {
                return field;
            }
            slot = (slot + 1) & (SLOTS - 1);
            field = TABLE[slot];
        }
        return OTHER;
    }

    /** As {@link JsonCursor} makes it of the bytes that it steps over. */
    static int hash(byte[] name) {
        long hash = 0;
        for (int at = 0; at < name.length; at += Long.BYTES) {
            hash = Words.hash(hash, Words.at(name, at, Math.min(Long.BYTES, name.length - at)));
        }
        return (int) hash;
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 9) & (SLOTS - 1);
    }

    private boolean isNamed(byte[] document, int start, int end) {
        return Arrays.equals(document, start, end, ascii, 0, ascii.length);
    }
}
