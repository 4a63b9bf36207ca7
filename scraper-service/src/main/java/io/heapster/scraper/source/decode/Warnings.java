package io.heapster.scraper.source.decode;

import java.util.ArrayList;
import java.util.List;

/** What of one document could not be used: different ones only, and not more than {@link #LIMIT}. */
public final class Warnings {
    /** A broken document may be wrong in every field; nobody reads a thousand lines about it. */
    public static final int LIMIT = 16;

    /** A value is of another JSON type than its field's. */
    public static final String WRONG_TYPE = "wrong_type";
    /** A number is negative, no integer, or greater than 2⁶³ − 1. */
    public static final String OUT_OF_RANGE = "out_of_range";
    /** A time is none, or before the year 2000. */
    public static final String IMPLAUSIBLE_TIME = "implausible_time";
    /** A pod or container has no name. */
    public static final String NO_NAME = "no_name";
    /** Too many custom metrics, or one whose type changed. */
    public static final String CUSTOM_METRIC = "custom_metric";

    private List<String> lines = List.of();

    public void begin() {
        lines = List.of();
    }

    /** Notes {@code reason: detail}. */
    public void add(String reason, String detail) {
        String line = reason + ": " + detail;
        if (lines.isEmpty()) {
            lines = new ArrayList<>();
        }
        if (lines.size() < LIMIT && !lines.contains(line)) {
            lines.add(line);
        }
    }

    /** The lines noted since {@link #begin}; not changed afterwards. */
    public List<String> lines() {
        return lines;
    }
}
