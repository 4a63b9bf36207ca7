package io.heapster.benchmark.scale;

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
 * @param program of each scraper; a flight recording is the first one's
 * @param rest cores of broker and cluster
 * @param settings of the scraper
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
        MeasuredProgram program,
        String rest,
        Map<String, String> settings) {

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
            "program",
            "jvm",
            "executable",
            "cores",
            "rest",
            "set",
            "recording");

    static ScrapeOptions parse(List<String> given) {
        Arguments arguments = new Arguments(given, NAMES);
        return new ScrapeOptions(
                arguments.number("nodes", 5_000),
                arguments.number("pods", 30),
                arguments.flag("pressure", false),
                arguments.flag("tls", false),
                arguments.fraction("hanging", 0),
                arguments.number("replicas", 1),
                arguments.number("resolution", 30),
                arguments.number("warm", 3),
                arguments.number("ticks", 4),
                MeasuredProgram.of(arguments, MeasuredProgram.SCRAPER, "0"),
                arguments.text("rest", "1"),
                arguments.settings("set"));
    }

    long resolutionMillis() {
        return 1_000L * resolutionSeconds;
    }

    int namespaces() {
        return Math.max(10, nodes * pods / 1_000);
    }
}
