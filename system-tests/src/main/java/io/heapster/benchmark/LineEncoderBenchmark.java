package io.heapster.benchmark;

import io.heapster.contract.sample.SampleBatch;
import io.heapster.sink.influxdb.Gzip;
import io.heapster.sink.influxdb.LineEncoder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Line protocol of a node of 110 pods, with and without compressing it as the sink does; {@code points} is the time of
 * one point. {@link LineSize} prints the bytes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class LineEncoderBenchmark {
    @Param({"v0", "v1"})
    public String schema = "v0";

    private final List<SampleBatch> batches = List.of(BusyNode.withPods(110));
    private LineEncoder encoder = LineSize.encoder(schema);
    private final Gzip compression = new Gzip();

    /** Points written. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Counters {
        public long points;
    }

    @Setup
    public void choose() {
        encoder = LineSize.encoder(schema);
    }

    @Benchmark
    public int lines(Counters counters) {
        encoder.encode(batches);
        counters.points += encoder.lineCount();
        return encoder.lines().size();
    }

    @Benchmark
    public int linesCompressed(Counters counters) {
        encoder.encode(batches);
        counters.points += encoder.lineCount();
        compression.compress(encoder.lines());
        return compression.size();
    }
}
