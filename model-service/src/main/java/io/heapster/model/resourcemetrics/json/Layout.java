package io.heapster.model.resourcemetrics.json;

/** Where lines break. */
public enum Layout {
    /** One line, with a line break at its end. */
    COMPACT("", "", "", "\n"),
    /** As the API server shows it to people. */
    INDENTED("\n", "", "  ", ""),
    /** As Heapster wrote it: one space before every line but the first, and one a level. */
    HEAPSTER("\n", " ", " ", "");

    final String lineBreak;
    final String indent;
    final String colon;
    final String end;

    Layout(String newLine, String prefix, String indent, String end) {
        this.lineBreak = newLine + prefix;
        this.indent = indent;
        this.colon = newLine.isEmpty() ? ":" : ": ";
        this.end = end;
    }
}
