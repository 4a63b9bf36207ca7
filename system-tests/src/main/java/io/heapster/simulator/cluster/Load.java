package io.heapster.simulator.cluster;

/**
 * What a group of processes uses: rates that never change and the course of its memory.
 *
 * @param cpuNanosPerMilli CPU nanoseconds used in every millisecond; 1,000 is one millicore
 * @param pageFaultsPerSecond all page faults
 * @param majorPageFaultsPerSecond those that had to read
 * @param memory course of the memory used, bytes
 * @param phase where in the sampling period its samples lie, seconds
 */
public record Load(
        long cpuNanosPerMilli, long pageFaultsPerSecond, long majorPageFaultsPerSecond, Wave memory, int phase) {

    static Load draw(
            Dice dice, long leastCpuNanosPerMilli, long mostCpuNanosPerMilli, long leastMemory, long mostMemory) {
        return new Load(
                dice.on("cpu").between(leastCpuNanosPerMilli, mostCpuNanosPerMilli),
                dice.on("page faults").between(1, 2_000),
                dice.on("major page faults").between(0, 3),
                Wave.draw(dice.on("memory"), leastMemory, mostMemory),
                phase(dice));
    }

    static int phase(Dice dice) {
        return (int) dice.on("phase").between(0, 3_599);
    }
}
