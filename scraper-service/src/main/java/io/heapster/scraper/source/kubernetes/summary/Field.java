package io.heapster.scraper.source.kubernetes.summary;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The names in a summary that mean something to us, found by the hash that the cursor makes while it reads a name. */
enum Field {
    ACCELERATORS("accelerators"),
    AVAILABLE_BYTES("availableBytes"),
    AVG10("avg10"),
    CAPACITY_BYTES("capacityBytes"),
    CONTAINERS("containers"),
    CPU("cpu"),
    DUTY_CYCLE("dutyCycle"),
    EPHEMERAL_STORAGE("ephemeral-storage"),
    FS("fs"),
    FULL("full"),
    ID("id"),
    INODES("inodes"),
    INODES_FREE("inodesFree"),
    INTERFACES("interfaces"),
    IO("io"),
    LOGS("logs"),
    MAJOR_PAGE_FAULTS("majorPageFaults"),
    MAKE("make"),
    MEMORY("memory"),
    MEMORY_TOTAL("memoryTotal"),
    MEMORY_USED("memoryUsed"),
    MODEL("model"),
    NAME("name"),
    NAMESPACE("namespace"),
    NETWORK("network"),
    NODE("node"),
    PAGE_FAULTS("pageFaults"),
    PODS("pods"),
    POD_REF("podRef"),
    PROCESS_COUNT("process_count"),
    PROCESS_STATS("process_stats"),
    PSI("psi"),
    ROOTFS("rootfs"),
    RSS_BYTES("rssBytes"),
    RX_BYTES("rxBytes"),
    RX_ERRORS("rxErrors"),
    SOME("some"),
    START_TIME("startTime"),
    SWAP("swap"),
    SWAP_AVAILABLE_BYTES("swapAvailableBytes"),
    SWAP_USAGE_BYTES("swapUsageBytes"),
    SYSTEM_CONTAINERS("systemContainers"),
    TIME("time"),
    TOTAL("total"),
    TX_BYTES("txBytes"),
    TX_ERRORS("txErrors"),
    TYPE("type"),
    UID("uid"),
    USAGE_BYTES("usageBytes"),
    USAGE_CORE_NANO_SECONDS("usageCoreNanoSeconds"),
    USED_BYTES("usedBytes"),
    USER_DEFINED_METRICS("userDefinedMetrics"),
    VALUE("value"),
    VOLUME("volume"),
    WORKING_SET_BYTES("workingSetBytes"),
    /** Any other name. */
    OTHER("");

    /** A power of two, large enough that most names have a slot to themselves. */
    private static final int SLOTS = 256;

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
    String text() {
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

    static int hash(byte[] name) {
        int hash = 0;
        for (byte b : name) {
            hash = 31 * hash + b;
        }
        return hash;
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 9) & (SLOTS - 1);
    }

    private boolean isNamed(byte[] document, int start, int end) {
        return Arrays.equals(document, start, end, ascii, 0, ascii.length);
    }
}
