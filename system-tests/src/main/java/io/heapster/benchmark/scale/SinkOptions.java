package io.heapster.benchmark.scale;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is measured, and with what.
 *
 * @param nodes how many
 * @param pods on each
 * @param resolutionSeconds between two ticks
 * @param ticks in Kafka before the sink starts
 * @param outageTicks in Kafka when an outage of the backend ends
 * @param outageSeconds how long it lasts
 * @param backend URL of a real InfluxDB; empty = a server that takes everything and keeps nothing
 * @param query more options for the sink's URI
 * @param jvm options of the sink service's JVM
 * @param cores of the sink service as {@code taskset} has them; empty for all
 * @param settings of the sink service, {@code key=value}
 * @param recording file of a flight recording; empty for none
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
        List<String> jvm,
        String cores,
        List<String> settings,
        String recording) {

    /** From {@code --name=value}. */
    static SinkOptions parse(List<String> arguments) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            String[] pair = argument.replaceFirst("^--", "").split("=", 2);
            given.put(pair[0], pair.length == 2 ? pair[1] : "true");
        }
        return new SinkOptions(
                number(given, "nodes", 100),
                number(given, "pods", 110),
                number(given, "resolution", 30),
                number(given, "ticks", 40),
                number(given, "outage-ticks", 20),
                number(given, "outage", 60),
                given.getOrDefault("backend", ""),
                given.getOrDefault("query", "schema=v0"),
                words(given.getOrDefault("jvm", SinkProcess.JVM_OPTIONS)),
                given.getOrDefault("cores", "0"),
                words(given.getOrDefault("set", "")),
                given.getOrDefault("recording", ""));
    }

    private static int number(Map<String, String> given, String name, int otherwise) {
        return Integer.parseInt(given.getOrDefault(name, Integer.toString(otherwise)));
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.trim().split(" +", -1));
    }
}
