package io.heapster.sink.influxdb;

import io.heapster.contract.sample.SampleBatch;
import io.heapster.sink.influxdb.InfluxDbClient.Answer;
import io.heapster.sink.spi.Points;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.WriteOutcome;
import io.heapster.sink.spi.WriteOutcome.Accepted;
import io.heapster.sink.spi.WriteOutcome.Rejected;
import io.heapster.sink.spi.WriteOutcome.RetryLater;
import java.io.IOException;
import java.net.URI;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One InfluxDB. A write is one request. A point's measurement, tags and timestamp are its identity, so that writing it
 * again changes nothing.
 */
final class InfluxDbSink implements Sink {
    private static final int POINTS = 10_000;

    /** What one writing thread keeps from request to request. */
    private static final class Request {
        private final LineEncoder encoder;
        private final Gzip gzip = new Gzip();

        private Request(InfluxDbOptions options) {
            this.encoder = new LineEncoder(options);
        }
    }

    private final InfluxDbClient client;
    private final Database database;
    private final int concurrency;
    private final ThreadLocal<Request> requests;

    /** The policy to write to; null until the database is known to be there. */
    private volatile @Nullable String policy;

    InfluxDbSink(InfluxDbOptions options) {
        this.client = new InfluxDbClient(options);
        this.database = new Database(client, options);
        this.concurrency = options.concurrency();
        this.requests = ThreadLocal.withInitial(() -> new Request(options));
    }

    @Override
    public int pointsPerWrite() {
        return POINTS;
    }

    @Override
    public int concurrency() {
        return concurrency;
    }

    @Override
    public void open() throws IOException, InterruptedException {
        prepared();
    }

    private synchronized String prepared() throws IOException, InterruptedException {
        String known = policy;
        if (known == null) {
            known = database.prepare();
            policy = known;
        }
        return known;
    }

    @Override
    public WriteOutcome write(List<SampleBatch> batches) throws InterruptedException {
        Request request = requests.get();
        LineEncoder encoder = request.encoder;
        encoder.encode(batches);
        WriteOutcome outcome = encoder.lineCount() == 0 ? WriteOutcome.ACCEPTED : send(request, batches);
        if (outcome instanceof Accepted && !encoder.unsayable().isEmpty()) {
            return new Rejected((BitSet) encoder.unsayable().clone(), "not a finite number, which no line can say");
        }
        return outcome;
    }

    private WriteOutcome send(Request request, List<SampleBatch> batches) throws InterruptedException {
        LineEncoder encoder = request.encoder;
        try {
            URI uri = client.writeUri(prepared(), encoder.precision());
            request.gzip.compress(encoder.lines());
            Answer answer = client.write(uri, request.gzip);
            if (Answers.databaseMissing(answer)) {
                policy = null;
            }
            return Answers.outcome(answer, Points.count(batches), encoder.lineCount());
        } catch (IOException e) {
            return new RetryLater("no answer from InfluxDB: " + e);
        }
    }

    @Override
    public void close() {
        policy = null;
    }
}
