package io.heapster.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The page that lists what the services tell of themselves at {@code /q/metrics}. */
final class SelfMetrics {
    /** Labels whose values are the code's own, not the operator's; the page names them. */
    private static final Set<String> CLOSED = Set.of("area", "document", "reason", "result", "stage", "state", "type");

    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Set<String> OF_PROMETHEUS = Set.of("up", "ALERTS");
    private static final Set<String> LABELS_OF_PROMETHEUS = Set.of("job", "instance", "le");
    private static final Pattern LABEL = Pattern.compile("(\\w+)(=~|!~|!=|=)\"([^\"]*)\"");
    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_]\\w*)\\{([^}]*)}");
    private static final Pattern NOT_A_NAME = Pattern.compile(
            "\\b(by|on|without|ignoring|group_left|group_right)\\s*\\([^)]*\\)|\\[[^]]*]|\\{[^}]*}|\"[^\"]*\"");
    private static final Pattern NAME = Pattern.compile("\\b([a-zA-Z_]\\w*)\\b(?!\\s*\\()");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "by", "on");
    private static final Pattern PART_OF_HISTOGRAM = Pattern.compile("_(bucket|count|sum)$");

    /** By name, the labels and, where the page says them, their values. */
    private final Map<String, Map<String, Set<String>>> families = new TreeMap<>();

    static SelfMetrics ofPage() throws IOException {
        SelfMetrics metrics = new SelfMetrics();
        for (String line : Files.readAllLines(DeployFiles.DOCS.resolve("self-metrics.md"))) {
            if (line.startsWith("| `")) {
                String[] cells = line.split("\\|", -1);
                Map<String, Set<String>> labels = new TreeMap<>();
                for (String label : quoted(cells[2])) {
                    labels.put(label, CLOSED.contains(label) ? quoted(cells[3]) : Set.of());
                }
                metrics.families.put(quoted(cells[1]).iterator().next(), labels);
            }
        }
        return metrics;
    }

    private static Set<String> quoted(String cell) {
        return QUOTED.matcher(cell)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Names of ours in what a service answered that the page does not have. */
    Set<String> missing(String exposition) {
        return exposition
                .lines()
                .filter(line -> line.startsWith("# HELP heapster_"))
                .map(line -> line.split(" ", 4)[2].replaceFirst("_max$", ""))
                .filter(name -> !families.containsKey(name) && !families.containsKey(name + "_total"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Names of series, labels and values of labels in an expression that no service tells. */
    Set<String> unknownIn(String promQl) {
        Set<String> unknown = new TreeSet<>();
        for (String name : namesIn(promQl)) {
            if (!OF_PROMETHEUS.contains(name) && family(name) == null) {
                unknown.add(name);
            }
        }
        Matcher selectors = SELECTOR.matcher(promQl);
        while (selectors.find()) {
            Map<String, Set<String>> family = family(selectors.group(1));
            Matcher labels = LABEL.matcher(selectors.group(2));
            while (family != null && labels.find()) {
                Set<String> values = family.get(labels.group(1));
                if (values == null) {
                    if (!LABELS_OF_PROMETHEUS.contains(labels.group(1))) {
                        unknown.add(selectors.group(1) + "{" + labels.group(1) + "}");
                    }
                } else if (!values.isEmpty()) {
                    Collection<String> wanted =
                            new HashSet<>(Arrays.asList(labels.group(3).split("\\|")));
                    wanted.removeAll(values);
                    wanted.forEach(
                            value -> unknown.add(selectors.group(1) + "{" + labels.group(1) + "=" + value + "}"));
                }
            }
        }
        return unknown;
    }

    private static Set<String> namesIn(String promQl) {
        Set<String> names = new TreeSet<>();
        Matcher found = NAME.matcher(NOT_A_NAME.matcher(promQl).replaceAll(" "));
        while (found.find()) {
            if (!WORDS.contains(found.group(1))) {
                names.add(found.group(1));
            }
        }
        return names;
    }

    private @Nullable Map<String, Set<String>> family(String name) {
        Map<String, Set<String>> whole = families.get(name);
        return whole == null ? families.get(PART_OF_HISTOGRAM.matcher(name).replaceFirst("")) : whole;
    }
}
