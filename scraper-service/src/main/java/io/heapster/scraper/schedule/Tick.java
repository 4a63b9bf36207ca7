package io.heapster.scraper.schedule;

import io.heapster.contract.sample.NodeKey;
import java.time.Duration;

/**
 * A window of the resolution's length. All nodes read in it carry its start as their time, whenever in it they were read.
 *
 * @param startMillis a multiple of the resolution, milliseconds since 1970
 */
public record Tick(long startMillis, long resolutionMillis) {
    /** Left at the end of a tick for the last deadlines and the way of the last answers to Kafka. */
    private static final long TAIL_MILLIS = 500;

    /** Nodes are read some together: a thread woken for each by itself would cost more than what it is woken for. */
    private static final long TOGETHER_MILLIS = 100;

    private static final long FEWEST_TURNS = 20;

    /** The tick that a moment lies in. */
    public static Tick at(long nowMillis, Duration resolution) {
        long length = resolution.toMillis();
        return new Tick(Math.floorDiv(nowMillis, length) * length, length);
    }

    public Tick next() {
        return new Tick(startMillis + resolutionMillis, resolutionMillis);
    }

    public long endMillis() {
        return startMillis + resolutionMillis;
    }

    /** How many ticks this one is after another. */
    long since(Tick earlier) {
        return (startMillis - earlier.startMillis) / resolutionMillis;
    }

    /**
     * When in every tick a node is read, from the tick's start: the same in every tick and every process, so that a
     * node's samples lie a resolution apart; spread evenly, a tenth of a second's nodes together, over what leaves room for
     * the time-out.
     */
    static long phaseMillis(NodeKey node, Duration resolution, Duration timeout) {
        long room = Math.max(1, resolution.toMillis() - timeout.toMillis() - TAIL_MILLIS);
        int hash = node.recordKey().hashCode();
        hash = (hash ^ hash >>> 16) * 0x85ebca6b;
        hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
        long phase = ((hash ^ hash >>> 16) & 0xffffffffL) % room;
        return phase - phase % Math.max(1, Math.min(TOGETHER_MILLIS, room / FEWEST_TURNS));
    }
}
