package io.heapster.benchmark.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heapster.benchmark.TickingNode;
import io.heapster.contract.bus.ClientProperties;
import io.heapster.contract.bus.Topics;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.wire.SampleBatchEncoder;
import io.heapster.kafka.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Prints what the influxdb sink alone costs a point: samples of a cluster that is not there lie in a real broker, the sink
 * service as built writes them to a server that only counts. Then the server is away while more come, and comes back.
 * See docs/performance.md.
 */
public final class SinkAtScale implements AutoCloseable {
    private static final double MIB = 1 << 20;

    private final SinkOptions options;
    private final SampleBatchEncoder encoder = new SampleBatchEncoder();
    private final List<TickingNode> nodes = new ArrayList<>();
    private final KafkaProducer<byte[], byte[]> producer;
    private long produced;
    private long producedBytes;
    private int producedTicks;

    private SinkAtScale(SinkOptions options, String bootstrapServers) {
        this.options = options;
        Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrapServers);
        Topics.create(kafka, Topics.ALL);
        this.producer = new KafkaProducer<>(ClientProperties.producer(kafka));
        long resolution = 1_000L * options.resolutionSeconds();
        int ticks = options.ticks() + options.outageTicks();
        long first = (System.currentTimeMillis() - ticks * resolution) / resolution * resolution;
        int namespaces = Math.max(1, options.nodes() * options.pods() / 150);
        for (int number = 0; number < options.nodes(); number++) {
            nodes.add(new TickingNode(number, options.pods(), namespaces, first, resolution));
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        SinkOptions options = SinkOptions.parse(List.of(args));
        Path directory = Files.createTempDirectory("sink-at-scale");
        System.out.printf(
                "%d nodes of %d pods, %d ticks of %d s; logs in %s; load of the machine %s%n",
                options.nodes(),
                options.pods(),
                options.ticks(),
                options.resolutionSeconds(),
                directory,
                machineLoad());
        try (ChildProcess kafka = ChildProcess.start(
                        EmbeddedKafka.class,
                        directory.resolve("kafka.log"),
                        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m"),
                        List.of(directory.resolve("kafka").toString(), "0"));
                TakingServer server = new TakingServer()) {
            String bootstrapServers = "127.0.0.1:" + kafka.await("127.0.0.1:");
            try (SinkAtScale bench = new SinkAtScale(options, bootstrapServers)) {
                bench.run(directory, bootstrapServers, server);
            }
        } finally {
            delete(directory.resolve("kafka"));
            System.out.printf("load of the machine %s%n", machineLoad());
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private void run(Path directory, String bootstrapServers, TakingServer server)
            throws IOException, InterruptedException {
        produce(options.ticks());
        System.out.printf(
                "in Kafka: %d points, %.2f B a point before lz4; sink: %s; sink options %s%n",
                produced, (double) producedBytes / produced, options.program(), options.query());
        String backend = options.backend().isEmpty() ? server.address() : options.backend();
        String uri = "influxdb:" + backend + "?db=bench&" + options.query();
        Map<String, String> settings = new HashMap<>();
        settings.put("kafka.bootstrap.servers", bootstrapServers);
        settings.put("heapster.sink.sinks[0]", uri);
        settings.putAll(options.settings());
        try (ServiceProcess sink =
                ServiceProcess.serving("sink", directory, "sink-service", options.program(), settings)) {
            long warm = produced / 2;
            await(sink, warm);
            Moment half = Moment.of(sink, server);
            await(sink, produced);
            Moment end = Moment.of(sink, server);
            System.out.printf(
                    "from the start: %.2f s CPU for all, %.2f us a point%n",
                    end.figures.cpuSeconds(), end.figures.cpuNanos() / 1e3 / end.points);
            tell("second half of the backlog", half, end);
            resident("after it", sink);
            outage(sink, server);
        }
    }

    private void outage(ServiceProcess sink, TakingServer server) throws IOException, InterruptedException {
        if (options.outageTicks() == 0 || !options.backend().isEmpty()) {
            return;
        }
        server.away(true);
        long begun = System.nanoTime();
        long most = 0;
        for (int tick = 0; tick < options.outageTicks(); tick++) {
            produce(1);
            long due = begun + 1_000_000_000L * options.outageSeconds() * (tick + 1) / options.outageTicks();
            while (System.nanoTime() < due) {
                Thread.sleep(200);
                most = Math.max(most, sink.figures().residentBytes());
            }
        }
        System.out.printf(
                "outage of %d s in which %d ticks came: most resident %.0f MiB, taken and waiting %.1f MiB%n",
                options.outageSeconds(),
                options.outageTicks(),
                most / MIB,
                sink.metric("heapster_sink_buffered_bytes") / MIB);
        server.away(false);
        Moment back = Moment.of(sink, server);
        // What waits first ends its pause.
        await(sink, back.points + 1);
        Moment first = Moment.of(sink, server);
        await(sink, produced);
        tell("catching up", first, Moment.of(sink, server));
        resident("after it", sink);
        System.out.printf("rejected %.0f%n", sink.metric("heapster_sink_points_total", "result=\"rejected\""));
    }

    private record Moment(long nanos, ProcessFigures figures, long points, double allocated, long sent, long requests) {
        static Moment of(ServiceProcess sink, TakingServer server) throws IOException {
            return new Moment(
                    System.nanoTime(),
                    sink.figures(),
                    (long) sink.metric("heapster_sink_points_total", "result=\"written\""),
                    sink.metric("jvm_gc_memory_allocated_bytes_total"),
                    server.bytes(),
                    server.requests());
        }
    }

    private void tell(String what, Moment from, Moment to) throws IOException {
        double points = to.points - from.points;
        double cpu = to.figures.cpuNanos() - from.figures.cpuNanos();
        double seconds = (to.nanos - from.nanos) / 1e9;
        double perSecond = (double) produced / producedTicks / options.resolutionSeconds();
        System.out.printf("%s: %.0f points in %.1f s, %.0f points/s%n", what, points, seconds, points / seconds);
        System.out.printf(
                "  CPU %.3f us a point, %.2f million points a CPU second; %s%n",
                cpu / 1e3 / points, points * 1e3 / cpu, to.figures.cpuSince(from.figures));
        System.out.printf(
                "  allocated %.0f B a point; sent %.1f B a point, %.0f KB a request%n",
                (to.allocated - from.allocated) / points,
                (to.sent - from.sent) / points,
                (to.sent - from.sent) / 1e3 / Math.max(1, to.requests - from.requests));
        System.out.printf("  %.1f times as fast as points come%n", points / seconds / perSecond);
    }

    private static void resident(String when, ServiceProcess sink) throws IOException {
        System.out.printf(
                "  resident %s: %.0f MiB; GC: %s%n",
                when, sink.figures().residentBytes() / MIB, sink.collections().sinceLast());
    }

    private static void await(ServiceProcess sink, long points) throws IOException, InterruptedException {
        while (sink.metric("heapster_sink_points_total", "result=\"written\"") < points) {
            Thread.sleep(100);
        }
    }

    private void produce(int ticks) {
        for (int tick = 0; tick < ticks; tick++, producedTicks++) {
            for (TickingNode node : nodes) {
                SampleBatch batch = node.next();
                byte[] value = encoder.encode(batch);
                produced += batch.sampleCount();
                producedBytes += value.length;
                var unused = producer.send(new ProducerRecord<>(
                        Topics.SAMPLES.name(),
                        null,
                        batch.tickMillis(),
                        batch.nodeKey().recordKey().getBytes(UTF_8),
                        value));
            }
        }
        producer.flush();
    }

    private static String machineLoad() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
