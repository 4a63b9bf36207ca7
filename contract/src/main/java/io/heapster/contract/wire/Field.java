package io.heapster.contract.wire;

/** Field numbers of {@code sample_batch.proto}. */
final class Field {
    static final int CLUSTER = 1;
    static final int NODE = 2;
    static final int TICK_MS = 3;
    static final int RESOLUTION_MS = 4;
    static final int OUTCOME = 5;
    static final int REASON = 6;
    static final int TEXT = 7;
    static final int DEFINED = 8;
    static final int SHAPES = 9;
    static final int LABELS = 10;
    static final int ENTITIES = 11;

    static final int DEFINITION_NAME = 1;
    static final int DEFINITION_TYPE = 2;
    static final int DEFINITION_IS_DOUBLE = 3;

    static final int SHAPE_METRIC_IDS = 1;

    static final int ENTITY_TYPE = 1;
    static final int ENTITY_LABELS = 2;
    static final int ENTITY_STARTED_BEFORE_MS = 3;
    static final int ENTITY_MEASURED_AFTER_MS = 4;
    static final int ENTITY_NETWORK_MEASURED_AFTER_MS = 5;
    static final int ENTITY_COLUMNS = 6;
    static final int ENTITY_RESOURCES = 7;

    static final int COLUMNS_SHAPE = 1;
    static final int COLUMNS_VALUES = 2;
    static final int COLUMNS_EXACT_IDS = 3;
    static final int COLUMNS_EXACT_VALUES = 4;

    static final int RESOURCE_LABELS = 1;
    static final int RESOURCE_COLUMNS = 2;

    private Field() {}
}
