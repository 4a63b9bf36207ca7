package io.heapster.simulator.cluster;

import java.util.UUID;

/** Draws that depend on nothing but the seed and what they are drawn for. */
final class Dice {
    private static final String NAME_LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private final long state;

    private Dice(long state) {
        this.state = state;
    }

    static Dice of(long seed) {
        return new Dice(mix(seed));
    }

    /** The dice for a part or a property of what this one is for. */
    Dice on(String purpose) {
        long hash = state;
        for (int i = 0; i < purpose.length(); i++) {
            hash = (hash ^ purpose.charAt(i)) * 0x100000001b3L;
        }
        return new Dice(mix(hash));
    }

    Dice on(long purpose) {
        return new Dice(mix(state ^ mix(purpose)));
    }

    /** A number between the two, both included. */
    long between(long least, long most) {
        return least + Long.remainderUnsigned(state, most - least + 1);
    }

    /** True in so many of 1 cases. */
    boolean chance(double share) {
        return (state >>> 11) * 0x1.0p-53 < share;
    }

    UUID uuid() {
        long high = (state & 0xffff_ffff_ffff_0fffL) | 0x4000L;
        long low = (mix(state + 1) & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** Letters as Kubernetes appends them to generated names. */
    String letters(int count) {
        StringBuilder result = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            result.append(NAME_LETTERS.charAt((int) on(i).between(0, NAME_LETTERS.length() - 1)));
        }
        return result.toString();
    }

    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
