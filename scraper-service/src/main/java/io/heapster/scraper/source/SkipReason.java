package io.heapster.scraper.source;

import java.util.Locale;

/** Why a node is not asked at a tick. */
public enum SkipReason {
    /** Its Ready condition is not true. */
    NOT_READY,
    /** It has no address a kubelet could be asked at. */
    NO_ADDRESS;

    /** The word in records and metrics, for instance {@code not_ready}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
