package io.heapster.model.api;

import io.heapster.contract.sample.Labels;
import io.heapster.model.json.GoTime;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which points of a series are wanted. */
public final class SeriesQuery {
    @QueryParam("start")
    @Parameter(description = "Oldest point wanted, RFC 3339, inclusive; all that are kept if missing")
    @Nullable
    String start;

    @QueryParam("end")
    @Parameter(description = "Newest point wanted, RFC 3339, inclusive; now if missing")
    @Nullable
    String end;

    @QueryParam("labels")
    @Parameter(description = "Which of several resources: key:value,key:value, for instance resource_id:/")
    @Nullable
    String labels;

    /** The first tick that counts, ms since 1970. */
    long fromMillis() {
        return start == null || start.isEmpty()
                ? Long.MIN_VALUE
                : time(start).plusNanos(999_999).toEpochMilli();
    }

    /** The last tick that counts, ms since 1970. */
    long toMillis() {
        return end == null || end.isEmpty() ? Long.MAX_VALUE : time(end).toEpochMilli();
    }

    private static Instant time(String text) {
        try {
            return GoTime.parse(text);
        } catch (DateTimeParseException e) {
            throw new BadQueryException("timestamp argument cannot be parsed: " + e.getMessage());
        }
    }

    /** The resource asked for; null when none is. */
    @Nullable
    Labels resource() {
        if (labels == null || labels.isEmpty()) {
            return null;
        }
        List<String> pairs = new ArrayList<>();
        for (String pair : labels.split(",", -1)) {
            int colon = pair.indexOf(':');
            if (colon <= 0 || colon == pair.length() - 1) {
                throw new BadQueryException("invalid label pair \"" + pair + "\"");
            }
            pairs.add(pair.substring(0, colon));
            pairs.add(pair.substring(colon + 1));
        }
        return Labels.of(pairs.toArray(String[]::new));
    }
}
