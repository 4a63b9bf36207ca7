package io.heapster.sink.spi;

import java.time.Duration;
import java.util.BitSet;

/** What became of the points of one write. Points are numbered through the write as {@link Points} says. */
public sealed interface WriteOutcome {

    /**
     * Every point is in the backend.
     *
     * @param alreadyThere how many of them the backend says it had before, or had something newer than
     */
    record Accepted(int alreadyThere) implements WriteOutcome {}

    /**
     * Every point is in the backend except those named, which it will never take.
     *
     * @param points the numbers of the refused points; at least one
     * @param reason why, in the backend's words
     * @param alreadyThere as of {@link Accepted}
     */
    record Rejected(BitSet points, String reason, int alreadyThere) implements WriteOutcome {
        public Rejected(BitSet points, String reason) {
            this(points, reason, 0);
        }
    }

    /**
     * The backend will never take the write as it is, and does not say because of which points; others may be in it.
     * The caller divides the write to find out.
     *
     * @param reason why, in the backend's words
     * @param suspicion what the culprits are thought to have in common
     */
    record Suspect(String reason, Suspicion suspicion) implements WriteOutcome {}

    /** The backend takes no write of this size; the caller divides it. */
    record TooLarge(String reason) implements WriteOutcome {}

    /**
     * Nothing is wrong with the points; the backend cannot take them now.
     *
     * @param reason why, for the operator
     * @param after how long the backend asks to be left alone; zero when it does not say
     */
    record RetryLater(String reason, Duration after) implements WriteOutcome {
        public RetryLater(String reason) {
            this(reason, Duration.ZERO);
        }
    }

    /** Where to look first for the points a backend refuses. */
    enum Suspicion {
        /** One metric's points, whatever the entity: for instance a metric stored with another type. */
        METRIC,
        /** One entity's points, whatever the metric: for instance a label the backend cannot read. */
        ENTITY
    }

    WriteOutcome ACCEPTED = new Accepted(0);
}
