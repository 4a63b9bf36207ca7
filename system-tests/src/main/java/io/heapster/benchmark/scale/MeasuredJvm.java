package io.heapster.benchmark.scale;

import java.util.List;

/**
 * How the JVM of a measured service is run.
 *
 * @param options such as {@code -Xmx256m}
 * @param cores the cores it may use, as {@code taskset} has them; empty for all
 * @param recording file of a flight recording; empty for none
 */
record MeasuredJvm(List<String> options, String cores, String recording) {
    /** What docs/performance.md recommends for many pods, but for the heap, which depends on how many. */
    static final String MODEL = "-XX:+UseG1GC -XX:G1HeapRegionSize=1m -XX:MaxGCPauseMillis=20"
            + " -XX:-G1UseAdaptiveIHOP -XX:InitiatingHeapOccupancyPercent=85 -Xss512k -XX:+ExitOnOutOfMemoryError";

    /** What docs/performance.md recommends, with room for 5,000 nodes. */
    static final String SCRAPER =
            "-XX:+UseSerialGC -Xms64m -Xmx416m -Xmn48m -XX:SurvivorRatio=4 -Xss512k -XX:TrimNativeHeapInterval=10000";

    static final String SINK = "-XX:+UseSerialGC -Xms64m -Xmx256m -Xmn32m";

    /** MiB of the model's heap for so many pods: 128 MiB and 3.5 KiB a pod. */
    static int modelHeap(int pods) {
        return 128 + (int) (pods * 7L / 2_048);
    }

    static MeasuredJvm of(Arguments arguments, String options, String cores) {
        return new MeasuredJvm(
                arguments.words("jvm", options), arguments.text("cores", cores), arguments.text("recording", ""));
    }

    MeasuredJvm unrecorded() {
        return new MeasuredJvm(options, cores, "");
    }

    @Override
    public String toString() {
        return String.join(" ", options) + ", cores " + (cores.isEmpty() ? "all" : cores);
    }
}
