package io.heapster.simulator.cluster;

/**
 * Requests and limits of a container; {@link #ABSENT} where the spec does not say.
 *
 * @param cpuRequest millicores
 * @param cpuLimit millicores
 * @param memoryRequest bytes
 * @param memoryLimit bytes
 */
public record Resources(long cpuRequest, long cpuLimit, long memoryRequest, long memoryLimit) {
    /** Not in the spec. */
    public static final long ABSENT = -1;

    static Resources draw(Dice dice, Load load) {
        long cpu = Math.max(1, load.cpuNanosPerMilli() / 1_000);
        long memory = (((load.memory().base() + load.memory().swing()) >> 20) + 1) << 20;
        return new Resources(
                dice.on("cpu request").chance(0.8) ? cpu : ABSENT,
                dice.on("cpu limit").chance(0.5) ? 2 * cpu : ABSENT,
                dice.on("memory request").chance(0.8) ? memory : ABSENT,
                dice.on("memory limit").chance(0.5) ? 2 * memory : ABSENT);
    }
}
