package io.heapster.sink.cloudmonitoring;

import com.google.monitoring.v3.CreateTimeSeriesSummary;
import io.heapster.sink.googlecloud.Failure;
import java.util.BitSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which series of a request Google did not take, by their place in it; it took all others.
 *
 * @param older those that have a point as late as this one, or a later start: what a point written again looks like
 * @param refused those it will never take
 * @param reason why the first of the refused was
 */
record Refusals(BitSet older, BitSet refused, String reason) {
    private static final Pattern PLACES = Pattern.compile("timeSeries\\[([0-9][0-9, -]{0,2000})]");
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,6})(?:-([0-9]{1,6}))?");
    private static final Pattern OLDER = Pattern.compile(
            "must be written in order|older (?:start|end) time|must not be older than existing reset timestamp");

    /**
     * Reads an answer such as {@code One or more TimeSeries could not be written: timeSeries[0-2,7]: reason;
     * timeSeries[3]: reason}, or the older form with the places behind the reasons.
     *
     * @param size how many series the request had
     * @return empty if the answer does not say which series it means
     */
    static Optional<Refusals> of(Failure failure, int size) {
        String message = failure.message();
        BitSet older = new BitSet(size);
        BitSet refused = new BitSet(size);
        if (size == 1) {
            (isOlder(message) ? older : refused).set(0);
            return Optional.of(new Refusals(older, refused, failure.reason()));
        }
        String reason = "";
        for (String part : message.split(";")) {
            BitSet places = places(part, size);
            if (isOlder(part)) {
                older.or(places);
            } else if (!places.isEmpty()) {
                refused.or(places);
                reason = reason.isEmpty() ? part.strip() : reason;
            }
        }
        older.andNot(refused);
        int named = older.cardinality() + refused.cardinality();
        boolean complete = failure.detail(CreateTimeSeriesSummary.class)
                .map(summary -> summary.getTotalPointCount() - summary.getSuccessPointCount() == named)
                .orElse(true);
        return named > 0 && complete
                ? Optional.of(new Refusals(older, refused, "Cloud Monitoring: " + reason))
                : Optional.empty();
    }

    private static boolean isOlder(String text) {
        return OLDER.matcher(text).find();
    }

    private static BitSet places(String text, int size) {
        BitSet places = new BitSet(size);
        Matcher list = PLACES.matcher(text);
        while (list.find()) {
            Matcher range = RANGE.matcher(list.group(1));
            while (range.find()) {
                int first = Integer.parseInt(range.group(1));
                int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
                if (first <= last && last < size) {
                    places.set(first, last + 1);
                }
            }
        }
        return places;
    }
}
