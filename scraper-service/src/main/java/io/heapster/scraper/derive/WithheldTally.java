package io.heapster.scraper.derive;

/** How many rates were withheld, by reason, while one batch was worked on. */
final class WithheldTally {
    private static final Withheld[] REASONS = Withheld.values();

    private final int[] counts = new int[REASONS.length];

    void add(Withheld reason) {
        counts[reason.ordinal()]++;
    }

    int count(Withheld reason) {
        return counts[reason.ordinal()];
    }
}
