package io.heapster.scraper.schedule;

import io.heapster.scraper.source.Target;
import java.util.List;

/** Who is to be read, asked anew at every tick. */
public interface Roster {
    /** All nodes that are known, of all sources. */
    List<? extends Target> targets();

    /** Whether this process is the one that reads the node now. */
    boolean owns(Target target);

    /** Whether the log holds the node's record of a tick already, written by this or another process. */
    boolean answered(Target target, Tick tick);
}
