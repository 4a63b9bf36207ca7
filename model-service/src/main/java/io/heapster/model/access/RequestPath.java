package io.heapster.model.access;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A path as the resources see it, however it was written: no matrix parameters, no empty segments, nothing encoded.
 *
 * @param segments what stands between slashes; one that was encoded is part of its segment
 */
record RequestPath(List<String> segments) {
    /**
     * @param normal without dot segments
     * @throws IllegalArgumentException if a percent sign is not followed by two digits
     */
    static RequestPath of(String normal) {
        List<String> segments = new ArrayList<>();
        for (String written : normal.split("/")) {
            int parameters = written.indexOf(';');
            String segment = parameters < 0 ? written : written.substring(0, parameters);
            if (!segment.isEmpty()) {
                segments.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
            }
        }
        return new RequestPath(List.copyOf(segments));
    }

    boolean isWithin(RequestPath parent) {
        int length = parent.segments.size();
        return segments.size() >= length && segments.subList(0, length).equals(parent.segments);
    }
}
