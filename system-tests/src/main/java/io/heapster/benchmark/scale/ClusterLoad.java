package io.heapster.benchmark.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heapster.benchmark.TickingNode;
import io.heapster.contract.bus.ClientProperties;
import io.heapster.contract.bus.Topics;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.wire.SampleBatchEncoder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The scrapers of a cluster that is not there, as a process of its own: writes the past window of every node into the
 * log, tick by tick, and then goes on in real time, each node at its own phase. What it says and hears on its standard
 * streams is a line each: {@code live} when it is in the present, {@code hold} to keep records back as while Kafka is
 * away, {@code go} to send them all at once, {@code again} to send those once more.
 */
final class ClusterLoad {
    private final ScaleOptions options;
    private final KafkaProducer<byte[], byte[]> producer;
    private final SampleBatchEncoder encoder = new SampleBatchEncoder();
    private final List<TickingNode> nodes = new ArrayList<>();
    private final Deque<String> orders = new ArrayDeque<>();
    private final List<ProducerRecord<byte[], byte[]>> heldBack = new ArrayList<>();

    private boolean holding;
    private boolean live;
    private long records;
    private long samples;
    private long bytes;

    private ClusterLoad(String bootstrapServers, ScaleOptions options) {
        this.options = options;
        Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrapServers);
        Topics.create(kafka, Topics.ALL);
        this.producer = new KafkaProducer<>(ClientProperties.producer(kafka));
    }

    /** {@code <bootstrap servers> <options of the benchmark>…}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        ClusterLoad load =
                new ClusterLoad(args[0], ScaleOptions.parse(List.of(args).subList(1, args.length)));
        Thread ear = new Thread(load::listen, "orders");
        ear.setDaemon(true);
        ear.start();
        load.run();
    }

    private void listen() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                synchronized (orders) {
                    orders.add(line);
                }
            }
        } catch (IOException e) {
            say("cannot listen: " + e);
        }
        // Whoever started this has ended.
        System.exit(0);
    }

    private void run() throws InterruptedException {
        long resolution = options.resolutionMillis();
        long now = System.currentTimeMillis();
        long first = (now - options.windowMillis()) / resolution * resolution;
        for (int number = 0; number < options.nodes(); number++) {
            nodes.add(new TickingNode(number, options.pods(), options.namespaces(), first, resolution));
        }
        for (long tick = first; ; tick += resolution) {
            for (int number = 0; number < nodes.size(); number++) {
                awaitTime(tick + resolution * number / nodes.size());
                send(nodes.get(number).next());
            }
        }
    }

    private void awaitTime(long due) throws InterruptedException {
        obey();
        for (long now = System.currentTimeMillis(); now < due; now = System.currentTimeMillis()) {
            if (!live) {
                producer.flush();
                live = true;
                say("live " + records + " " + samples + " " + bytes);
            }
            Thread.sleep(Math.min(10, due - now));
            obey();
        }
    }

    private void send(SampleBatch batch) {
        byte[] value = encoder.encode(batch);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                Topics.SAMPLES.name(),
                null,
                batch.tickMillis(),
                batch.nodeKey().recordKey().getBytes(UTF_8),
                value);
        records++;
        samples += batch.sampleCount();
        bytes += value.length;
        if (holding) {
            heldBack.add(record);
        } else {
            send(record);
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        var unused = producer.send(record, (metadata, failure) -> {
            if (failure != null) {
                say("failed " + failure);
                System.exit(1);
            }
        });
    }

    private void obey() {
        String order;
        synchronized (orders) {
            order = orders.poll();
        }
        if (order == null) {
            return;
        }
        switch (order) {
            case "hold" -> {
                heldBack.clear();
                holding = true;
            }
            case "go", "again" -> {
                holding = false;
                heldBack.forEach(this::send);
                producer.flush();
            }
            default -> throw new IllegalArgumentException("not understood: " + order);
        }
        say(order + " " + heldBack.size());
    }

    /** Its standard output is its protocol. */
    private static void say(String line) {
        System.out.println(line);
    }
}
