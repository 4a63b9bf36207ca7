package io.heapster.sink.influxdb;

import java.net.URI;

/**
 * Where writes go, once it is known.
 *
 * @param generation how the server is spoken to
 * @param retentionPolicy of 1.x; empty = the database's default
 */
record Destination(Generation generation, String retentionPolicy) {

    URI uri(InfluxDbOptions options, Precision precision) {
        String where =
                switch (generation) {
                    case V1 ->
                        "?db=" + encoded(options.database())
                                + (retentionPolicy.isEmpty() ? "" : "&rp=" + encoded(retentionPolicy));
                    case V2 -> "?org=" + encoded(options.organization()) + "&bucket=" + encoded(options.bucket());
                    case V3 -> "?db=" + encoded(options.database());
                };
        return URI.create(
                options.address() + generation.path() + where + "&precision=" + generation.precision(precision));
    }

    private static String encoded(String text) {
        return InfluxDbClient.encoded(text);
    }
}
