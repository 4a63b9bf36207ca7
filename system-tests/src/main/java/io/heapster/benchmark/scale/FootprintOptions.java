package io.heapster.benchmark.scale;

import io.heapster.program.ServiceProgram;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What is measured, and how often. Given as {@code --name=value}.
 *
 * @param times how often each service is started
 * @param seconds how long the loaded pipeline runs; none = not at all
 * @param executable options of the executables' run time
 */
record FootprintOptions(
        List<ServiceProgram> programs,
        int times,
        int nodes,
        int pods,
        int resolutionSeconds,
        int windowSeconds,
        int seconds,
        List<String> executable) {

    private static final Set<String> NAMES =
            Set.of("programs", "times", "nodes", "pods", "resolution", "window", "seconds", "executable");

    static FootprintOptions parse(List<String> arguments) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            String[] pair = argument.replaceFirst("^--", "").split("=", 2);
            if (!argument.startsWith("--") || !NAMES.contains(pair[0]) || pair.length != 2) {
                throw new IllegalArgumentException("unknown option " + argument + "; there are " + NAMES);
            }
            given.put(pair[0], pair[1]);
        }
        String options = given.getOrDefault("executable", "").trim();
        return new FootprintOptions(
                List.of(given.getOrDefault("programs", "jar,executable").split(",", -1)).stream()
                        .map(name -> ServiceProgram.valueOf(name.toUpperCase(Locale.ROOT)))
                        .toList(),
                number(given, "times", 11),
                number(given, "nodes", 100),
                number(given, "pods", 30),
                number(given, "resolution", 10),
                number(given, "window", 300),
                number(given, "seconds", 330),
                options.isEmpty() ? List.of() : List.of(options.split(" +", -1)));
    }

    private static int number(Map<String, String> given, String name, int otherwise) {
        return Integer.parseInt(given.getOrDefault(name, Integer.toString(otherwise)));
    }

    /** What docs/performance.md recommends. */
    List<String> runtime(ServiceProgram program, String module) {
        if (program == ServiceProgram.EXECUTABLE) {
            return executable;
        }
        String options =
                switch (module) {
                    case "model-service" -> ModelProcess.JVM_OPTIONS + " -Xmx" + (128 + nodes * pods * 7 / 2_048) + "m";
                    case "sink-service" -> SinkProcess.JVM_OPTIONS;
                    default -> "-XX:+UseSerialGC -Xmx256m";
                };
        return List.of(options.split(" +", -1));
    }
}
