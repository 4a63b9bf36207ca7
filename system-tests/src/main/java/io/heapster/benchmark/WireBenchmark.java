package io.heapster.benchmark;

import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.wire.MalformedBatchException;
import io.heapster.contract.wire.SampleBatchDecoder;
import io.heapster.contract.wire.SampleBatchEncoder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Encoding and decoding the batch of a node of 110 pods; {@code samples} counts values, not batches. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class WireBenchmark {
    private final SampleBatch batch = BusyNode.withPods(110);
    private final SampleBatchEncoder encoder = new SampleBatchEncoder();
    private final SampleBatchDecoder decoder = new SampleBatchDecoder();
    private final byte[] bytes = encoder.encode(batch);
    private final int samplesInBatch = batch.sampleCount();

    /** Values a second. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Counters {
        public long samples;
    }

    @Benchmark
    public byte[] encode(Counters counters) {
        counters.samples += samplesInBatch;
        return encoder.encode(batch);
    }

    @Benchmark
    public SampleBatch decode(Counters counters) throws MalformedBatchException {
        counters.samples += samplesInBatch;
        return decoder.decode(bytes);
    }
}
