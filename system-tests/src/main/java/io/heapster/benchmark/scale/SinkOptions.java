package io.heapster.benchmark.scale;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is measured, and with what. Given as {@code --name=value}.
 *
 * @param nodes how many
 * @param pods on each
 * @param resolutionSeconds between two ticks
 * @param ticks in Kafka before the sink starts
 * @param outageTicks in Kafka when an outage of the backend ends
 * @param outageSeconds how long it lasts
 * @param backend URL of a real InfluxDB; empty = a server that takes everything and keeps nothing
 * @param query more options for the sink's URI
 * @param settings of the sink service
 */
record SinkOptions(
        int nodes,
        int pods,
        int resolutionSeconds,
        int ticks,
        int outageTicks,
        int outageSeconds,
        String backend,
        String query,
        MeasuredProgram program,
        Map<String, String> settings) {

    private static final Set<String> NAMES = Set.of(
            "nodes",
            "pods",
            "resolution",
            "ticks",
            "outage-ticks",
            "outage",
            "backend",
            "query",
            "program",
            "jvm",
            "executable",
            "cores",
            "set",
            "recording");

    static SinkOptions parse(List<String> given) {
        Arguments arguments = new Arguments(given, NAMES);
        return new SinkOptions(
                arguments.number("nodes", 100),
                arguments.number("pods", 110),
                arguments.number("resolution", 30),
                arguments.number("ticks", 40),
                arguments.number("outage-ticks", 20),
                arguments.number("outage", 60),
                arguments.text("backend", ""),
                arguments.text("query", "schema=v0"),
                MeasuredProgram.of(arguments, MeasuredProgram.SINK, "0"),
                arguments.settings("set"));
    }
}
