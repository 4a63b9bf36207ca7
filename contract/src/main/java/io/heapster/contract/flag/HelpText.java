package io.heapster.contract.flag;

import java.util.List;
import java.util.stream.Collectors;

/** Flags as two columns: how to write each, and what it does. */
final class HelpText {

    private static final int WIDTH = 100;
    private static final int WIDEST_FIRST_COLUMN = 36;

    private HelpText() {}

    static String of(String usage, List<Flag> flags) {
        List<Flag> listed = flags.stream().filter(flag -> !flag.isIgnored()).toList();
        int column = 4
                + listed.stream()
                        .mapToInt(flag -> written(flag).length())
                        .filter(length -> length <= WIDEST_FIRST_COLUMN)
                        .max()
                        .orElse(0);
        StringBuilder text = new StringBuilder(usage.stripTrailing()).append("\n\nFlags:\n");
        for (Flag flag : listed) {
            StringBuilder line = new StringBuilder("  ").append(written(flag));
            if (line.length() + 2 > column) {
                text.append(line).append('\n');
                line.setLength(0);
            }
            appendWrapped(text, line, described(flag), column);
        }
        String ignored = flags.stream()
                .filter(Flag::isIgnored)
                .map(flag -> "--" + flag.name())
                .collect(Collectors.joining(", "));
        if (!ignored.isEmpty()) {
            text.append("\nUnderstood, but without effect any more:\n");
            appendWrapped(text, new StringBuilder(), ignored, 2);
        }
        return text.toString();
    }

    private static String written(Flag flag) {
        return "--" + flag.name() + (flag.takesValue() ? "=" + flag.valueName() : "");
    }

    private static String described(Flag flag) {
        StringBuilder text = new StringBuilder(flag.description());
        if (flag.repeatable()) {
            text.append(" (may be given several times)");
        }
        if (!flag.defaultText().isEmpty()) {
            text.append(" (default ").append(flag.defaultText()).append(')');
        }
        if (!flag.aliases().isEmpty()) {
            text.append(" (also --").append(String.join(", --", flag.aliases())).append(')');
        }
        return text.toString();
    }

    /** Fills the line begun, then further ones, each indented to the column. */
    private static void appendWrapped(StringBuilder text, StringBuilder line, String words, int column) {
        pad(line, column);
        boolean empty = true;
        for (String word : words.split(" ")) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                text.append(line).append('\n');
                line.setLength(0);
                pad(line, column);
                empty = true;
            }
            if (!empty) {
                line.append(' ');
            }
            line.append(word);
            empty = false;
        }
        text.append(line).append('\n');
    }

    private static void pad(StringBuilder line, int column) {
        while (line.length() < column) {
            line.append(' ');
        }
    }
}
