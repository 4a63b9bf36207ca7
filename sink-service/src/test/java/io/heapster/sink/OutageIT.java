package io.heapster.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapster.contract.bus.ClientProperties;
import io.heapster.contract.bus.TopicSpec;
import io.heapster.contract.bus.Topics;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.contract.wire.SampleBatchDecoder;
import io.heapster.contract.wire.SampleBatchEncoder;
import io.heapster.kafka.EmbeddedKafka;
import io.heapster.sink.delivery.DeadLetterReplay;
import io.heapster.sink.delivery.DeliverySettings;
import io.heapster.sink.delivery.Reduction;
import io.heapster.sink.delivery.SinkDelivery;
import io.heapster.sink.delivery.SinkStatus;
import io.heapster.sink.influxdb.InfluxDbSinkFactory;
import io.heapster.sink.influxdb.server.InfluxDbServer;
import io.heapster.sink.ingest.DeadLetterArchive;
import io.heapster.sink.ingest.Intake;
import io.heapster.sink.ingest.KafkaDeadLetters;
import io.heapster.sink.ingest.KafkaIntake;
import io.heapster.sink.ingest.KeptLetter;
import io.heapster.sink.ingest.Origin;
import io.heapster.sink.ingest.Received;
import io.heapster.sink.spi.Points;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.TestBatches;
import io.heapster.sink.spi.WriteOutcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promises of delivery against a real Kafka and a real InfluxDB. */
class OutageIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int NODES = 8;
    private static final DeliverySettings SETTINGS =
            new DeliverySettings(1 << 20, Duration.ofMillis(50), Duration.ofMillis(500));
    private static final List<TopicSpec> TOPICS =
            List.of(Topics.SAMPLES.withPartitions(4), Topics.AGGREGATES, Topics.DEAD_LETTERS);

    private static InfluxDbServer influxDb;
    private EmbeddedKafka kafka;
    private Map<String, Object> properties;
    private KafkaDeadLetters deadLetters;
    private final SampleBatchEncoder encoder = new SampleBatchEncoder();
    private final List<SinkDelivery> deliveries = new ArrayList<>();
    private int tick;

    @BeforeAll
    static void startInfluxDb() throws Exception {
        influxDb = InfluxDbServer.start();
    }

    @AfterAll
    static void stopInfluxDb() throws Exception {
        influxDb.close();
    }

    @BeforeEach
    void start() {
        kafka = EmbeddedKafka.inTemporaryDirectory();
        properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
        Topics.create(properties, TOPICS);
        deadLetters = new KafkaDeadLetters(properties);
    }

    @AfterEach
    void stop() throws Exception {
        for (SinkDelivery delivery : deliveries) {
            delivery.close(Duration.ofSeconds(1));
        }
        deadLetters.close();
        kafka.close();
        influxDb.resume();
    }

    @Test
    void anOutageLeavesNoGapNoDuplicateAndOtherSinksUntouched() throws Exception {
        Counting other = new Counting();
        deliver("influxdb", influxDb("outage"), intake("influxdb"));
        deliver("other", other, intake("other"));
        produceTicks(10);
        awaitAllCommitted("influxdb");
        assertThat(stored("outage")).isEqualTo(producedNodePoints());

        influxDb.stop();
        Map<TopicPartition, Long> before = committed("influxdb");
        produceTicks(20);
        awaitAllCommitted("other");
        assertThat(other.points.get()).isEqualTo((long) tick * NODES * pointsOfANode());
        await().atMost(PATIENCE).until(() -> deliveries.get(0).status().state() == SinkStatus.State.WAITING);
        assertThat(committed("influxdb")).isEqualTo(before);
        await().atMost(PATIENCE).until(() -> deliveries.get(0).sinceMoved().compareTo(Duration.ofSeconds(5)) < 0);
        assertThat(deliveries.get(0).status().delaySeconds()).isPositive();
        assertThat(deliveries.get(1).status().delaySeconds()).isZero();
        assertThat(deliveries.get(1).status().points().retried()).isZero();

        influxDb.resume();
        produceTicks(5);
        awaitAllCommitted("influxdb");
        assertThat(stored("outage")).isEqualTo(producedNodePoints());
        assertThat(deliveries.get(0).status().points().written()).isEqualTo((long) tick * NODES * pointsOfANode());
        assertThat(deliveries.get(0).status().points().rejected()).isZero();
    }

    @Test
    void beingKilledBetweenWriteAndCommitGivesTheSamePoints() throws Exception {
        produceTicks(10);
        deliver("influxdb", influxDb("killed"), new NeverCommitting(intake("influxdb")));
        await().atMost(PATIENCE)
                .until(() -> deliveries.get(0).status().points().written() == 10L * NODES * pointsOfANode());
        deliveries.get(0).close(Duration.ofSeconds(1));
        assertThat(committed("influxdb")).isEmpty();
        long first = stored("killed");

        deliver("influxdb", influxDb("killed"), intake("influxdb"));
        awaitAllCommitted("influxdb");

        assertThat(stored("killed")).isEqualTo(first).isEqualTo(producedNodePoints());
        assertThat(deliveries.get(1).status().points().written()).isEqualTo(10L * NODES * pointsOfANode());
    }

    @Test
    void kafkaBeingAwayEndsNothing() throws Exception {
        deliver("influxdb", influxDb("broker"), intake("influxdb"));
        produceTicks(5);
        awaitAllCommitted("influxdb");
        kafka.stop();
        kafka.resume();
        produceTicks(5);
        awaitAllCommitted("influxdb");
        assertThat(stored("broker")).isEqualTo(producedNodePoints());
    }

    @Test
    void aTypeConflictGoesToTheDeadLettersAndComesBackAsARecord() throws Exception {
        influxDb.query("", "CREATE DATABASE conflict");
        // A field has one type within a shard, so the point that is in the way lies near the others.
        influxDb.write("conflict", "memory/usage,nodename=x value=\"text\" " + TestBatches.TICK);
        deliver("influxdb", influxDb("conflict"), intake("influxdb"));
        produceTicks(2);
        awaitAllCommitted("influxdb");

        int conflicts = 2 * NODES * 5;
        assertThat(deliveries.get(0).status().points().rejected()).isEqualTo(conflicts);
        assertThat(influxDb.names("conflict", "SELECT value FROM \"cpu/usage_rate\""))
                .hasSize(conflicts);
        int points = 0;
        for (ConsumerRecord<byte[], byte[]> letter : deadLetters()) {
            SampleBatch batch = new SampleBatchDecoder().decode(letter.value());
            points += batch.sampleCount();
            assertThat(text(letter, "heapster-reason")).contains("field type conflict");
            assertThat(text(letter, "heapster-sink")).isEqualTo("influxdb");
            assertThat(text(letter, "heapster-topic")).isEqualTo("heapster.samples");
            assertThat(text(letter, "heapster-points")).isEqualTo(Integer.toString(batch.sampleCount()));
            assertThat(text(letter, "heapster-offset")).matches("[0-9]+");
            assertThat(new String(letter.key(), UTF_8)).isEqualTo("default/" + batch.node());
        }
        assertThat(points).isEqualTo(conflicts);
    }

    @Test
    void deadLettersAreWrittenOnceTheReasonIsMendedAndASecondReplayChangesNothing() throws Exception {
        influxDb.query("", "CREATE DATABASE mended");
        influxDb.write("mended", "memory/usage,nodename=x value=\"text\" " + TestBatches.TICK);
        deliver("influxdb", influxDb("mended"), intake("influxdb"));
        produceTicks(3);
        awaitAllCommitted("influxdb");
        int refused = 3 * NODES * 5;
        long letters = ends(Topics.DEAD_LETTERS.name());

        DeadLetterReplay.Count dry = replay("influxdb", "", true);
        assertThat(dry.chosen()).isEqualTo(letters);
        assertThat(dry.points()).isEqualTo(refused);
        assertThat(dry.written()).isZero();

        DeadLetterReplay.Count tooEarly = replay("influxdb", "", false);
        assertThat(tooEarly.refused()).isEqualTo(refused);
        assertThat(tooEarly.written()).isZero();
        assertThat(ends(Topics.DEAD_LETTERS.name())).isEqualTo(letters);

        influxDb.query("mended", "DROP MEASUREMENT \"memory/usage\"");
        assertThat(replay("influxdb", "no such reason", false).chosen()).isZero();
        assertThat(replay("other", "", false).chosen()).isZero();
        assertThat(replay("influxdb", "FIELD type conflict", false).written()).isEqualTo(refused);
        List<String> stored = values("mended");
        assertThat(stored).hasSize((int) producedNodePoints());

        assertThat(replay("influxdb", "", false).written()).isEqualTo(refused);
        assertThat(values("mended")).isEqualTo(stored);
        assertThat(ends(Topics.DEAD_LETTERS.name())).isEqualTo(letters);
    }

    private DeadLetterReplay.Count replay(String sink, String reason, boolean dryRun) throws Exception {
        DeadLetterReplay replay = new DeadLetterReplay(
                new DeadLetterReplay.Choice(sink, reason, 0, Long.MAX_VALUE),
                influxDb("mended"),
                Reduction.none(),
                SETTINGS,
                dryRun,
                Clock.systemUTC());
        try (DeadLetterArchive archive = DeadLetterArchive.open(properties)) {
            for (List<KeptLetter> letters = archive.next(); !letters.isEmpty(); letters = archive.next()) {
                replay.add(letters);
            }
        }
        replay.finish();
        return replay.count();
    }

    private static List<String> values(String database) throws Exception {
        List<String> rows = new ArrayList<>();
        influxDb.query(database, "SELECT * FROM \"memory/usage\"")
                .findValues("values")
                .forEach(series -> series.forEach(row -> rows.add(row.toString())));
        return rows;
    }

    private Intake intake(String name) {
        return new KafkaIntake(properties, "heapster-sink-" + name, List.of(), () -> true, false);
    }

    private void deliver(String name, Sink sink, Intake intake) {
        SinkDelivery delivery = new SinkDelivery(
                name, name, sink, intake, deadLetters, SETTINGS, new SimpleMeterRegistry(), Clock.systemUTC());
        deliveries.add(delivery);
        delivery.start();
    }

    private static Sink influxDb(String database) {
        return new InfluxDbSinkFactory()
                .create(ComponentUri.parse(
                        "influxdb:" + influxDb.address() + "?schema=v1&concurrency=2&db=" + database, Map.of()));
    }

    private void produceTicks(int count) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int end = tick + count; tick < end; tick++) {
            for (int node = 0; node < NODES; node++) {
                SampleBatch batch = TestBatches.node("node-" + node, tick, 2);
                byte[] key = batch.nodeKey().recordKey().getBytes(UTF_8);
                records.add(new ProducerRecord<>(Topics.SAMPLES.name(), key, encoder.encode(batch)));
            }
        }
        kafka.write(records);
    }

    private static int pointsOfANode() {
        return TestBatches.node("any", 0, 2).sampleCount();
    }

    private long producedNodePoints() {
        return (long) tick * NODES * 5;
    }

    /** Points of one metric: a node, two pods and their containers each have one a tick. */
    private static long stored(String database) throws Exception {
        return influxDb.names(database, "SELECT value FROM \"memory/usage\"").size();
    }

    private void awaitAllCommitted(String name) throws Exception {
        Map<TopicPartition, Long> ends = ends();
        await().atMost(PATIENCE).until(() -> committed(name).equals(ends));
    }

    private Map<TopicPartition, Long> ends() {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(ClientProperties.consumer(properties))) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.SAMPLES.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
            ends.values().removeIf(end -> end == 0);
            return ends;
        }
    }

    /** How many records were ever put on a topic. */
    private long ends(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(ClientProperties.consumer(properties))) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    private Map<TopicPartition, Long> committed(String name) throws Exception {
        try (Admin admin = Admin.create(ClientProperties.admin(properties))) {
            Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets("heapster-sink-" + name)
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, Long> committed = new HashMap<>();
            offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
            return committed;
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        Map<String, Object> reading = ClientProperties.consumer(properties);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(reading)) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.DEAD_LETTERS.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long expected = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
            while (letters.size() < expected) {
                consumer.poll(Duration.ofMillis(200)).forEach(letters::add);
            }
            return letters;
        }
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
        return new String(record.headers().lastHeader(header).value(), UTF_8);
    }

    /** A process that is killed before it ever commits. */
    private record NeverCommitting(Intake intake) implements Intake {
        @Override
        public List<Received> poll(Duration atMost, boolean take) {
            return intake.poll(atMost, take);
        }

        @Override
        public boolean owns(Origin origin) {
            return intake.owns(origin);
        }

        @Override
        public void accepted(Origin origin) {
            // The kill comes first.
        }

        @Override
        public void close(Duration atMost) {
            intake.close(atMost);
        }
    }

    /** A sink that is always well. */
    private static final class Counting implements Sink {
        private final AtomicLong points = new AtomicLong();

        @Override
        public int pointsPerWrite() {
            return 1_000;
        }

        @Override
        public void open() {}

        @Override
        public WriteOutcome write(List<SampleBatch> batches) {
            points.addAndGet(Points.count(batches));
            return WriteOutcome.ACCEPTED;
        }

        @Override
        public void close() {}
    }
}
