package io.heapster.contract.sample;

import org.jspecify.annotations.Nullable;

/** What a set of samples is about. */
public enum EntityType {
    CLUSTER(1, "cluster"),
    NAMESPACE(2, "ns"),
    NODE(3, "node"),
    /** A container on a node that belongs to no pod: a system daemon's, or any control group of a plain host. */
    SYSTEM_CONTAINER(4, "sys_container"),
    POD(5, "pod"),
    POD_CONTAINER(6, "pod_container");

    private static final @Nullable EntityType[] BY_NUMBER = new EntityType[7];

    static {
        for (EntityType type : values()) {
            BY_NUMBER[type.number] = type;
        }
    }

    private final int number;
    private final String label;

    EntityType(int number, String label) {
        this.number = number;
        this.label = label;
    }

    /** Number on the wire. */
    public int number() {
        return number;
    }

    /** Value of the label {@code type}, as in Heapster: {@code node}, {@code ns}, {@code pod_container}, … */
    public String label() {
        return label;
    }

    /** The type with this wire number, or null when it is of a later version. */
    public static @Nullable EntityType ofNumber(int number) {
        return number > 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }
}
