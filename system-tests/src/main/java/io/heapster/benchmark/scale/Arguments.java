package io.heapster.benchmark.scale;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a benchmark was told by {@code --name=value}; {@code --name} alone means true. */
final class Arguments {
    private final Map<String, String> given = new HashMap<>();

    /** @throws IllegalArgumentException if one is not of these names; it says which there are */
    Arguments(List<String> arguments, Set<String> names) {
        for (String argument : arguments) {
            String[] pair = argument.replaceFirst("^--", "").split("=", 2);
            if (!argument.startsWith("--") || !names.contains(pair[0])) {
                throw new IllegalArgumentException(
                        "unknown option " + argument + "; there are " + new TreeSet<>(names));
            }
            given.put(pair[0], pair.length == 2 ? pair[1] : "true");
        }
    }

    String text(String name, String otherwise) {
        return given.getOrDefault(name, otherwise);
    }

    int number(String name, int otherwise) {
        return Integer.parseInt(text(name, Integer.toString(otherwise)));
    }

    double fraction(String name, double otherwise) {
        return Double.parseDouble(text(name, Double.toString(otherwise)));
    }

    boolean flag(String name, boolean otherwise) {
        return Boolean.parseBoolean(text(name, Boolean.toString(otherwise)));
    }

    /** {@code key=value}, separated by spaces. */
    Map<String, String> settings(String name) {
        Map<String, String> settings = new HashMap<>();
        for (String setting : words(name, "")) {
            String[] pair = setting.split("=", 2);
            settings.put(pair[0], pair.length == 2 ? pair[1] : "");
        }
        return settings;
    }

    /** Separated by spaces. */
    List<String> words(String name, String otherwise) {
        String text = text(name, otherwise).trim();
        return text.isEmpty() ? List.of() : List.of(text.split(" +", -1));
    }
}
