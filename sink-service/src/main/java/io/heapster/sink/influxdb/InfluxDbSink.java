package io.heapster.sink.influxdb;

import io.heapster.contract.event.EventRecord;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.sink.influxdb.InfluxDbClient.Answer;
import io.heapster.sink.influxdb.InfluxDbClient.Greeting;
import io.heapster.sink.spi.Points;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.TextBuffer;
import io.heapster.sink.spi.WriteOutcome;
import io.heapster.sink.spi.WriteOutcome.Accepted;
import io.heapster.sink.spi.WriteOutcome.Rejected;
import io.heapster.sink.spi.WriteOutcome.RetryLater;
import java.io.IOException;
import java.net.URI;
import java.util.BitSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One InfluxDB. A write is one request. A point's measurement, tags and timestamp are its identity, so that writing it
 * again changes nothing.
 */
final class InfluxDbSink implements Sink {
    private static final Logger LOG = LoggerFactory.getLogger(InfluxDbSink.class);
    private static final int POINTS = 10_000;
    private static final String UNSAYABLE = "not a finite number, which no line can say";

    /** What one writing thread keeps from request to request. */
    private static final class Request {
        private final LineEncoder encoder;
        private final EventEncoder events;
        private final Gzip gzip = new Gzip();

        private Request(InfluxDbOptions options) {
            this.encoder = new LineEncoder(options);
            this.events = new EventEncoder(options);
        }
    }

    /**
     * The lines of one write.
     *
     * @param points how many points or events there were
     * @param pointsOf gives the numbers of those that lines stand for
     */
    private record Body(TextBuffer text, Precision precision, int points, int lines, UnaryOperator<BitSet> pointsOf) {}

    private final InfluxDbOptions options;
    private final InfluxDbClient client;
    private final Database database;
    private final ThreadLocal<Request> requests;

    /** Where to write; null until it is known to be there. */
    private volatile @Nullable Destination destination;

    InfluxDbSink(InfluxDbOptions options) {
        this.options = options;
        this.client = new InfluxDbClient(options);
        this.database = new Database(client, options);
        this.requests = ThreadLocal.withInitial(() -> new Request(options));
    }

    @Override
    public int pointsPerWrite() {
        return POINTS;
    }

    @Override
    public int concurrency() {
        return options.concurrency();
    }

    @Override
    public void open() throws IOException, InterruptedException {
        prepared();
    }

    private synchronized Destination prepared() throws IOException, InterruptedException {
        Destination known = destination;
        if (known == null) {
            Generation generation =
                    options.version().isPresent() ? options.version().get() : probed();
            known = new Destination(generation, generation == Generation.V1 ? database.prepare() : "");
            destination = known;
            LOG.info("{}: writing to {}", options.address(), generation.path());
        }
        return known;
    }

    private Generation probed() throws IOException, InterruptedException {
        Greeting greeting = client.greet();
        if (greeting.answer().status() >= 500) {
            throw new IOException("InfluxDB answers " + greeting.answer().status() + " when asked for its version");
        }
        Generation generation = Probe.generation(greeting.answer(), greeting.version(), options);
        boolean incomplete = options.token().isEmpty() || options.organization().isEmpty();
        if (generation == Generation.V2 && incomplete && !greeting.version().isEmpty()) {
            throw new IOException("this is InfluxDB " + greeting.version() + ": give token, org and bucket");
        }
        if (generation != Generation.V1 && options.retention().isPresent()) {
            LOG.warn(
                    "{}: retention has no effect on this server, set that of its bucket or database",
                    options.address());
        }
        return generation;
    }

    @Override
    public WriteOutcome write(List<SampleBatch> batches) throws InterruptedException {
        Request request = requests.get();
        LineEncoder encoder = request.encoder;
        encoder.encode(batches);
        WriteOutcome outcome = encoder.lineCount() == 0 ? WriteOutcome.ACCEPTED : send(request, body(encoder, batches));
        if (encoder.unsayable().isEmpty()) {
            return outcome;
        }
        BitSet refused = (BitSet) encoder.unsayable().clone();
        if (outcome instanceof Accepted) {
            return new Rejected(refused, UNSAYABLE);
        }
        if (outcome instanceof Rejected rejected) {
            refused.or(rejected.points());
            return new Rejected(refused, rejected.reason() + "; " + UNSAYABLE);
        }
        return outcome;
    }

    private static Body body(LineEncoder encoder, List<SampleBatch> batches) {
        return new Body(
                encoder.lines(),
                encoder.inSeconds() ? Precision.SECONDS : Precision.MILLISECONDS,
                Points.count(batches),
                encoder.lineCount(),
                lines -> encoder.pointsOf(lines, batches));
    }

    @Override
    public boolean takesEvents() {
        return options.events();
    }

    @Override
    public WriteOutcome writeEvents(List<EventRecord> events) throws InterruptedException {
        Request request = requests.get();
        TextBuffer lines = request.events.encode(events);
        return send(
                request,
                new Body(lines, Precision.NANOSECONDS, events.size(), events.size(), UnaryOperator.identity()));
    }

    private WriteOutcome send(Request request, Body body) throws InterruptedException {
        try {
            Destination to = prepared();
            URI uri = to.uri(options, body.precision);
            Answer answer = options.compressed()
                    ? sendCompressed(request.gzip, body, to, uri)
                    : client.write(uri, to.generation(), body.text.array(), body.text.size(), false);
            if (to.generation() == Generation.V1 && Answers.databaseMissing(answer)) {
                destination = null;
            }
            return Answers.outcome(
                    answer, new Answers.Request(to.generation(), body.points, body.lines, body.pointsOf));
        } catch (IOException e) {
            return new RetryLater("no answer from InfluxDB: " + e);
        }
    }

    private Answer sendCompressed(Gzip gzip, Body body, Destination to, URI uri)
            throws IOException, InterruptedException {
        gzip.compress(body.text);
        return client.write(uri, to.generation(), gzip.array(), gzip.size(), true);
    }

    @Override
    public void close() {
        destination = null;
    }
}
