package io.heapster.model.json;

/** Where lines break. */
public enum Layout {
    /** One line, with a line break at its end. */
    COMPACT(false, 0, 0),
    /** As the API server shows it to people. */
    INDENTED(true, 0, 2),
    /** As Heapster wrote it: one space before every line but the first, and one a level. */
    HEAPSTER(true, 1, 1);

    final boolean breaksLines;
    private final int prefix;
    private final int indent;

    Layout(boolean breaksLines, int prefix, int indent) {
        this.breaksLines = breaksLines;
        this.prefix = prefix;
        this.indent = indent;
    }

    /** How many spaces a line begins with. */
    int spaces(int depth) {
        return prefix + depth * indent;
    }
}
