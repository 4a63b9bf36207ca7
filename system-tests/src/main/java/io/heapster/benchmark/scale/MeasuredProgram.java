package io.heapster.benchmark.scale;

import io.heapster.program.ServiceProgram;
import java.util.List;
import java.util.Locale;

/**
 * How a measured service is run.
 *
 * @param program in which form it was built
 * @param options of its JVM, or of the executable's run time, such as {@code -Xmx256m}
 * @param cores the cores it may use, as {@code taskset} has them; empty for all
 * @param recording file of a flight recording of a JVM; empty for none
 */
record MeasuredProgram(ServiceProgram program, List<String> options, String cores, String recording) {
    /** What docs/performance.md recommends for many pods, but for the heap, which depends on how many. */
    static final String MODEL = "-XX:+UseG1GC -XX:G1HeapRegionSize=1m -XX:MaxGCPauseMillis=20"
            + " -XX:-G1UseAdaptiveIHOP -XX:InitiatingHeapOccupancyPercent=85 -Xss512k -XX:+ExitOnOutOfMemoryError";

    /** What docs/performance.md recommends, with room for 5,000 nodes. */
    static final String SCRAPER =
            "-XX:+UseSerialGC -Xms64m -Xmx416m -Xmn32m -XX:SurvivorRatio=4 -XX:-ShrinkHeapInSteps -Xss512k -XX:TrimNativeHeapInterval=10000";

    static final String SINK = "-XX:+UseSerialGC -Xms64m -Xmx256m -Xmn32m";

    /** What the images of executables have. */
    static final String EXECUTABLE = "-Xmn16m";

    /** MiB of the model's heap for so many pods: 128 MiB and 3.5 KiB a pod. */
    static int modelHeap(int pods) {
        return 128 + (int) (pods * 7L / 2_048);
    }

    /** By {@code program}, {@code jvm} or {@code executable}, {@code cores}, {@code recording}; these options if it has a JVM. */
    static MeasuredProgram of(Arguments arguments, String options, String cores) {
        ServiceProgram program =
                ServiceProgram.valueOf(arguments.text("program", "jar").toUpperCase(Locale.ROOT));
        return new MeasuredProgram(
                program,
                program == ServiceProgram.JAR
                        ? arguments.words("jvm", options)
                        : arguments.words("executable", MeasuredProgram.EXECUTABLE),
                arguments.text("cores", cores),
                arguments.text("recording", ""));
    }

    MeasuredProgram unrecorded() {
        return new MeasuredProgram(program, options, cores, "");
    }

    @Override
    public String toString() {
        return program.name().toLowerCase(Locale.ROOT) + ", " + String.join(" ", options) + ", cores "
                + (cores.isEmpty() ? "all" : cores);
    }
}
