package io.heapster.benchmark.scale;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How large the cluster is and how the model is run. Given as {@code --name=value}.
 *
 * @param jvm options of the model's JVM
 * @param cores the cores the model may use, as {@code taskset} has it; empty for all
 * @param others the cores that broker, load and clients may use once the log is written; empty for all
 * @param settings of the model, {@code key=value}
 * @param kill whether it is also killed and started again
 * @param recording where the model's flight recording goes; empty for none
 */
record ScaleOptions(
        int nodes,
        int pods,
        int windowSeconds,
        int resolutionSeconds,
        List<String> jvm,
        String cores,
        String others,
        List<String> settings,
        boolean kill,
        String recording) {

    private static final int PODS_A_NAMESPACE = 1_000;
    private static final Set<String> NAMES = Set.of(
            "nodes", "pods", "window", "resolution", "heap", "jvm", "cores", "others", "set", "kill", "recording");

    static ScaleOptions parse(List<String> arguments) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            String[] pair = argument.replaceFirst("^--", "").split("=", 2);
            if (!argument.startsWith("--") || !NAMES.contains(pair[0])) {
                throw new IllegalArgumentException("unknown option " + argument + "; there are " + NAMES);
            }
            given.put(pair[0], pair.length == 2 ? pair[1] : "true");
        }
        int nodes = number(given, "nodes", 5_000);
        int pods = number(given, "pods", 30);
        String cores = given.getOrDefault("cores", "0");
        int heap = number(given, "heap", 128 + nodes * pods * 7 / 2_048);
        return new ScaleOptions(
                nodes,
                pods,
                number(given, "window", 900),
                number(given, "resolution", 30),
                words(given.getOrDefault("jvm", ModelProcess.JVM_OPTIONS + " -Xms" + heap + "m -Xmx" + heap + "m")),
                cores,
                given.getOrDefault("others", cores.isEmpty() ? "" : "1"),
                words(given.getOrDefault("set", "")),
                Boolean.parseBoolean(given.getOrDefault("kill", "true")),
                given.getOrDefault("recording", ""));
    }

    private static int number(Map<String, String> given, String name, int otherwise) {
        return Integer.parseInt(given.getOrDefault(name, Integer.toString(otherwise)));
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.trim().split(" +", -1));
    }

    long windowMillis() {
        return 1_000L * windowSeconds;
    }

    long resolutionMillis() {
        return 1_000L * resolutionSeconds;
    }

    int namespaces() {
        return Math.max(1, nodes * pods / PODS_A_NAMESPACE);
    }
}
