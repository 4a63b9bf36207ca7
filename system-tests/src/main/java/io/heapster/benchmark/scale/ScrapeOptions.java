package io.heapster.benchmark.scale;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How large the cluster is and how the scraper is run. Given as {@code --name=value}.
 *
 * @param nodes how many
 * @param pods on each
 * @param pressure whether documents are as kubelets write them from 1.36 on, with pressure and I/O
 * @param tls whether API server and kubelets speak TLS
 * @param hanging share of the nodes that accept a question and never answer, in the second half of the run; 0: no half
 * @param replicas how many scrapers; with more than one the first is killed and one is added
 * @param resolutionSeconds between two ticks
 * @param warmTicks whole ticks before figures begin
 * @param ticks whole ticks that are measured
 * @param jvm options of the scraper's JVM
 * @param cores of the scrapers, as {@code taskset} has them; empty for all
 * @param rest cores of broker and cluster
 * @param settings of the scraper, {@code key=value}
 * @param recording file of a flight recording of the first scraper; empty for none
 */
record ScrapeOptions(
        int nodes,
        int pods,
        boolean pressure,
        boolean tls,
        double hanging,
        int replicas,
        int resolutionSeconds,
        int warmTicks,
        int ticks,
        List<String> jvm,
        String cores,
        String rest,
        List<String> settings,
        String recording) {

    private static final Set<String> NAMES = Set.of(
            "nodes",
            "pods",
            "pressure",
            "tls",
            "hanging",
            "replicas",
            "resolution",
            "warm",
            "ticks",
            "jvm",
            "cores",
            "rest",
            "set",
            "recording");

    static ScrapeOptions parse(List<String> arguments) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            String[] pair = argument.replaceFirst("^--", "").split("=", 2);
            if (!argument.startsWith("--") || !NAMES.contains(pair[0])) {
                throw new IllegalArgumentException("unknown option " + argument + "; there are " + NAMES);
            }
            given.put(pair[0], pair.length == 2 ? pair[1] : "true");
        }
        return new ScrapeOptions(
                number(given, "nodes", 5_000),
                number(given, "pods", 30),
                Boolean.parseBoolean(given.getOrDefault("pressure", "false")),
                Boolean.parseBoolean(given.getOrDefault("tls", "false")),
                Double.parseDouble(given.getOrDefault("hanging", "0")),
                number(given, "replicas", 1),
                number(given, "resolution", 30),
                number(given, "warm", 3),
                number(given, "ticks", 4),
                words(given.getOrDefault("jvm", ScraperProcess.JVM_OPTIONS)),
                given.getOrDefault("cores", "0"),
                given.getOrDefault("rest", "1"),
                words(given.getOrDefault("set", "")),
                given.getOrDefault("recording", ""));
    }

    private static int number(Map<String, String> given, String name, int otherwise) {
        return Integer.parseInt(given.getOrDefault(name, Integer.toString(otherwise)));
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.trim().split(" +", -1));
    }

    long resolutionMillis() {
        return 1_000L * resolutionSeconds;
    }

    int namespaces() {
        return Math.max(10, nodes * pods / 1_000);
    }
}
