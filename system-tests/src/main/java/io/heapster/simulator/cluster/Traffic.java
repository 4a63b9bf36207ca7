package io.heapster.simulator.cluster;

/**
 * What goes through a network interface, per second.
 *
 * @param rxBytes bytes received
 * @param txBytes bytes sent
 * @param rxErrors errors while receiving
 * @param txErrors errors while sending
 * @param phase where in the sampling period its samples lie, seconds
 */
public record Traffic(long rxBytes, long txBytes, long rxErrors, long txErrors, int phase) {

    static Traffic draw(Dice dice, long mostBytes) {
        return new Traffic(
                dice.on("rx").between(10, mostBytes),
                dice.on("tx").between(10, mostBytes),
                dice.on("rx errors").between(0, 2),
                dice.on("tx errors").between(0, 2),
                Load.phase(dice));
    }
}
