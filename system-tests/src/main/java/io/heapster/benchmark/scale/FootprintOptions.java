package io.heapster.benchmark.scale;

import io.heapster.program.ServiceProgram;
import java.util.List;
import java.util.Locale;
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

    static FootprintOptions parse(List<String> given) {
        Arguments arguments = new Arguments(given, NAMES);
        return new FootprintOptions(
                List.of(arguments.text("programs", "jar,executable").split(",", -1)).stream()
                        .map(name -> ServiceProgram.valueOf(name.toUpperCase(Locale.ROOT)))
                        .toList(),
                arguments.number("times", 11),
                arguments.number("nodes", 100),
                arguments.number("pods", 30),
                arguments.number("resolution", 10),
                arguments.number("window", 300),
                arguments.number("seconds", 330),
                arguments.words("executable", MeasuredProgram.EXECUTABLE));
    }

    /** What docs/performance.md recommends. */
    List<String> runtime(ServiceProgram program, String module) {
        if (program == ServiceProgram.EXECUTABLE) {
            return executable;
        }
        String options =
                switch (module) {
                    case "model-service" ->
                        MeasuredProgram.MODEL + " -Xmx" + MeasuredProgram.modelHeap(nodes * pods) + "m";
                    case "sink-service" -> MeasuredProgram.SINK;
                    default -> MeasuredProgram.SCRAPER;
                };
        return List.of(options.split(" +", -1));
    }
}
