package io.heapster.scraper.derive;

/** How many rates were withheld, by reason, while one batch was worked on. */
final class WithheldTally {
    private int first;
    private int restarted;
    private int notNewer;
    private int fell;
    private int limit;

    void add(Withheld reason) {
        switch (reason) {
            case FIRST -> first++;
            case RESTARTED -> restarted++;
            case NOT_NEWER -> notNewer++;
            case FELL -> fell++;
            case LIMIT -> limit++;
        }
    }

    int count(Withheld reason) {
        return switch (reason) {
            case FIRST -> first;
            case RESTARTED -> restarted;
            case NOT_NEWER -> notNewer;
            case FELL -> fell;
            case LIMIT -> limit;
        };
    }
}
