package io.heapster.model.resourcemetrics.selector;

/** What a requirement says of a label. */
enum Operator {
    IN,
    NOT_IN,
    EXISTS,
    DOES_NOT_EXIST,
    GREATER_THAN,
    LESS_THAN
}
