package io.heapster.sink.cloudmonitoring;

/**
 * From when one cumulative series counts. Google wants the start to stay as it is while the counter grows, and to be
 * later than the last point when it began anew. Times are milliseconds since 1970.
 */
final class Counter {
    private long entityStart;
    private long start;
    private long end;
    private long value;
    /** Whether a point with this start was taken. */
    private boolean settled;

    /**
     * The start of the next point.
     *
     * @param entityStarted when the entity started; 0 when unknown
     * @param pointEnd when the point is; a point that is not later than the last one is the last one, written again
     * @param resolution between two points
     * @param pointValue a value smaller than the last is a new beginning, whatever the entity says
     */
    long start(long entityStarted, long pointEnd, long resolution, long pointValue) {
        if (end == 0) {
            start = Math.min(entityStarted == 0 ? pointEnd - resolution : entityStarted, pointEnd - 1);
        } else if (pointEnd <= end) {
            return Math.min(start, pointEnd - 1);
        } else if (entityStarted != entityStart || pointValue < value) {
            boolean told = entityStarted > end && entityStarted < pointEnd;
            start = told ? entityStarted : end + 1;
        }
        entityStart = entityStarted;
        end = pointEnd;
        value = pointValue;
        return start;
    }

    boolean isSettled() {
        return settled;
    }

    /** A point was taken. If it is the last one, the counter goes on with the start it had. */
    void settle(long takenStart, long takenEnd) {
        settled = true;
        if (takenEnd == end) {
            start = takenStart;
        }
    }

    /**
     * The start of a point that begins the series anew just behind the tick before, for when Google knows a later start
     * than the entity's. It holds once such a point was taken.
     */
    static long restart(long pointEnd, long resolution) {
        return Math.min(pointEnd - 1, pointEnd - resolution + 1);
    }
}
