package io.heapster.benchmark.scale;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How large the cluster is and how the model is run. Given as {@code --name=value}.
 *
 * @param others the cores that broker, load and clients may use once the log is written; empty for all
 * @param settings of the model
 * @param kill whether it is also killed and started again
 */
record ScaleOptions(
        int nodes,
        int pods,
        int windowSeconds,
        int resolutionSeconds,
        MeasuredProgram program,
        String others,
        Map<String, String> settings,
        boolean kill) {

    private static final int PODS_A_NAMESPACE = 1_000;
    private static final Set<String> NAMES = Set.of(
            "nodes",
            "pods",
            "window",
            "resolution",
            "heap",
            "program",
            "jvm",
            "executable",
            "cores",
            "others",
            "set",
            "kill",
            "recording");

    static ScaleOptions parse(List<String> given) {
        Arguments arguments = new Arguments(given, NAMES);
        int nodes = arguments.number("nodes", 5_000);
        int pods = arguments.number("pods", 30);
        int heap = arguments.number("heap", MeasuredProgram.modelHeap(nodes * pods));
        MeasuredProgram program =
                MeasuredProgram.of(arguments, MeasuredProgram.MODEL + " -Xms" + heap + "m -Xmx" + heap + "m", "0");
        return new ScaleOptions(
                nodes,
                pods,
                arguments.number("window", 900),
                arguments.number("resolution", 30),
                program,
                arguments.text("others", program.cores().isEmpty() ? "" : "1"),
                arguments.settings("set"),
                arguments.flag("kill", true));
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
