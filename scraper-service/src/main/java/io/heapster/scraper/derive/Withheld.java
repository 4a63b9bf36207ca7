package io.heapster.scraper.derive;

import java.util.Locale;

/** Why a counter's sample has no rate. */
public enum Withheld {
    /** There is no earlier sample of it. */
    FIRST,
    /** The entity started anew, so its counters began at 0 again. */
    RESTARTED,
    /** Measured at the time of the earlier sample, or before it, or at an unknown time. */
    NOT_NEWER,
    /** The counter fell although the entity did not restart. */
    FELL,
    /** The node has more entities than are remembered. */
    LIMIT;

    /** The word in metrics, for instance {@code not_newer}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
