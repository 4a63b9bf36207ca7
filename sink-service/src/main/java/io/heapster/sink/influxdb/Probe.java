package io.heapster.sink.influxdb;

import io.heapster.sink.influxdb.InfluxDbClient.Answer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells from the answer to {@code GET /ping} which generation a server is of. */
final class Probe {
    private static final Pattern MAJOR = Pattern.compile("v?([123])\\..*", Pattern.DOTALL);
    private static final Pattern IN_BODY = Pattern.compile("\"version\"\\s*:\\s*\"v?([123])\\.");

    private Probe() {}

    /**
     * 1.x and 2.x say their version in a header; 3 says it in a header or in the body, to who may ask. InfluxDB Cloud
     * and VictoriaMetrics say nothing, and a proxy may have no such path: then it depends on what was given to write
     * with.
     *
     * @param version the answer's header {@code X-Influxdb-Version}; empty without
     */
    static Generation generation(Answer answer, String version, InfluxDbOptions options) {
        Matcher header = MAJOR.matcher(version);
        if (header.matches()) {
            return ofMajor(header.group(1));
        }
        Matcher body = IN_BODY.matcher(answer.body());
        if (answer.status() == 200 && body.find()) {
            return ofMajor(body.group(1));
        }
        if (!options.organization().isEmpty() || options.bucketGiven()) {
            return Generation.V2;
        }
        return options.token().isEmpty() ? Generation.V1 : Generation.V3;
    }

    private static Generation ofMajor(String major) {
        return switch (major) {
            case "1" -> Generation.V1;
            case "2" -> Generation.V2;
            default -> Generation.V3;
        };
    }
}
