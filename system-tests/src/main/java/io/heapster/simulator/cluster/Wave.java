package io.heapster.simulator.cluster;

/**
 * A gauge that rises evenly from its base for five minutes and falls back for five.
 *
 * @param base least value
 * @param swing how far above the base it rises
 * @param offset seconds by which it runs before others
 */
public record Wave(long base, long swing, int offset) {
    private static final int HALF_PERIOD_SECONDS = 300;

    static Wave draw(Dice dice, long least, long most) {
        long base = dice.on("base").between(least, most);
        return new Wave(base, base / 4, (int) dice.on("offset").between(0, 2L * HALF_PERIOD_SECONDS - 1));
    }

    long at(long epochSecond) {
        long position = Math.floorMod(epochSecond + offset, 2L * HALF_PERIOD_SECONDS);
        long height = position <= HALF_PERIOD_SECONDS ? position : 2 * HALF_PERIOD_SECONDS - position;
        return base + swing * height / HALF_PERIOD_SECONDS;
    }
}
