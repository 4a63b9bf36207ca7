package io.heapster.scraper.schedule;

import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.SkipReason;
import io.heapster.scraper.source.Target;
import java.time.Duration;

/** What came of reading a node at a tick; there is exactly one for each. */
public sealed interface Answer {
    Target target();

    Tick tick();

    /** From the node's turn to its answer. */
    Duration took();

    /** The node answered. */
    record Read(Target target, Tick tick, Duration took, Reading reading) implements Answer {}

    /**
     * The node was asked in vain.
     *
     * @param message says what happened, without the reason's word
     */
    record Failed(Target target, Tick tick, Duration took, ScrapeException.Reason reason, String message)
            implements Answer {}

    /** The node was not asked. */
    record Skipped(Target target, Tick tick, Duration took, SkipReason reason) implements Answer {}
}
