package io.heapster.benchmark;

import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.influxdb.Gzip;
import io.heapster.sink.influxdb.LineEncoder;
import java.util.List;
import java.util.Map;

/** Prints the bytes a point takes on its way to InfluxDB, plain and compressed as the sink does. */
public final class LineSize {
    private LineSize() {}

    public static void main(String[] args) {
        for (String schema : List.of("v0", "v1")) {
            LineEncoder encoder = encoder(schema);
            encoder.encode(List.of(BusyNode.withPods(110)));
            double points = encoder.lineCount();
            int plain = encoder.lines().size();
            Gzip compression = new Gzip();
            compression.compress(encoder.lines());
            int gzip = compression.size();
            System.out.printf(
                    "schema %s, 110 pods, %.0f points: plain %d B (%.1f a point), gzip %d B (%.2f)%n",
                    schema, points, plain, plain / points, gzip, gzip / points);
        }
    }

    static LineEncoder encoder(String schema) {
        return LineEncoder.of(ComponentUri.parse("influxdb:http://127.0.0.1:8086?schema=" + schema, Map.of()));
    }
}
