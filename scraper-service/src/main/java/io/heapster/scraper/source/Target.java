package io.heapster.scraper.source;

import io.heapster.contract.sample.NodeKey;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One node to read at every tick. */
public interface Target {
    NodeKey node();

    /** Why the node is not to be asked now, or null when it is. */
    @Nullable
    SkipReason skip();

    /**
     * Reads the node once. Never blocks the caller.
     *
     * @param timeout how long the answer may take in all; the stage ends within it
     * @return the raw entities of the node with labels, times and measured samples, not yet rated, enriched or summed;
     *     or, exceptionally, a {@link ScrapeException}
     */
    CompletionStage<Reading> read(Duration timeout);

    /** What the cluster's API knows of the node and its pods now; {@link NodeInventory#NONE} where there is no API. */
    NodeInventory inventory();
}
