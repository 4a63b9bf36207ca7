package io.heapster.benchmark;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.kubernetes.summary.SummaryDecoder;
import java.io.IOException;
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
 * Decoding a kubelet's summary, beside Jackson's tokens of the same bytes, which are the yardstick: documents and
 * bytes a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SummaryBenchmark {
    private static final Labels NODE = Labels.of(
            LabelKey.NODENAME, "node-1", LabelKey.HOSTNAME, "node-1", LabelKey.HOST_ID, "i-0abc12d34ef567890");

    @Param
    public SummarySource source = SummarySource.PODS_110;

    private final SummaryDecoder decoder = new SummaryDecoder();
    private final JsonFactory jackson = new JsonFactory();
    private byte[][] documents = {};
    private int turn;

    /** Bytes a second. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Counters {
        public long bytes;
    }

    @Setup
    public void prepare() {
        documents = source.documents();
    }

    @Benchmark
    public Reading decode(Counters counters) throws ScrapeException {
        byte[] document = next(counters);
        return decoder.decode(document, document.length, NODE, SummarySource.ASKED.toEpochMilli());
    }

    @Benchmark
    public int jacksonTokens(Counters counters) throws IOException {
        int tokens = 0;
        try (JsonParser parser = jackson.createParser(next(counters))) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        return tokens;
    }

    private byte[] next(Counters counters) {
        turn = (turn + 1) % documents.length;
        counters.bytes += documents[turn].length;
        return documents[turn];
    }
}
