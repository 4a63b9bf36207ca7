package io.heapster.model.api;

import io.heapster.contract.sample.Labels;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What a request may say besides its path. */
public final class ModelQuery {
    @QueryParam("cluster")
    @Parameter(description = "Name of the cluster; needed only where there are several")
    @Nullable
    String cluster;

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
        if (start == null || start.isEmpty()) {
            return Long.MIN_VALUE;
        }
        Instant from = GoTime.parse(start);
        return from.plusNanos(999_999).toEpochMilli();
    }

    /** The last tick that counts, ms since 1970. */
    long toMillis() {
        return end == null || end.isEmpty() ? Long.MAX_VALUE : GoTime.parse(end).toEpochMilli();
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
