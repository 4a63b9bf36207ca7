package io.heapster.contract.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heapster.kafka.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Against a broker with a session timeout of 6 s and heartbeats of 1 s. */
class PartitionOwnershipIT {

    private static final EmbeddedKafka KAFKA = EmbeddedKafka.inTemporaryDirectory(
            Map.of("group.consumer.session.timeout.ms", "6000", "group.consumer.heartbeat.interval.ms", "1000"));
    private static final Map<String, Object> CLIENT = Map.of("bootstrap.servers", KAFKA.bootstrapServers());
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private String topic = "";

    @BeforeEach
    void createTopic(TestInfo test) {
        topic = test.getTestMethod().orElseThrow().getName();
        // The records' time stands still, the broker's does not: they must not expire.
        Topics.create(CLIENT, List.of(new TopicSpec(topic, 64, Duration.ofDays(36500))));
    }

    @AfterEach
    void resume() {
        KAFKA.resume();
    }

    @AfterAll
    static void close() {
        KAFKA.close();
    }

    @Test
    void twoOwnersShareThePartitionsAndACleanLeaveMovesThemAtOnce() {
        Recorder one = new Recorder();
        Recorder two = new Recorder();
        try (PartitionOwnership first = join(one)) {
            await().atMost(Duration.ofSeconds(10)).until(() -> first.owned().size() == 64);
            assertThat(first.partitions()).isEqualTo(64);

            try (PartitionOwnership second = join(two)) {
                await().atMost(Duration.ofSeconds(10))
                        .until(() ->
                                first.owned().size() == 32 && second.owned().size() == 32);
                Set<Integer> all = new HashSet<>(first.owned());
                all.addAll(second.owned());
                assertThat(all).hasSize(64);
                assertThat(second.partitions()).isEqualTo(64);
            }
            long left = System.nanoTime();
            await().atMost(Duration.ofSeconds(10)).until(() -> first.owned().size() == 64);
            assertThat(Duration.ofNanos(System.nanoTime() - left)).isLessThan(Duration.ofSeconds(4));
        }
        assertThat(one.now).isEmpty();
        assertThat(two.now).isEmpty();
        assertThat(two.released).hasValue(32);
    }

    @Test
    void aKilledOwnersPartitionsMoveWithinTheSessionTimeout(@TempDir Path directory) throws Exception {
        Recorder recorder = new Recorder();
        try (PartitionOwnership survivor = join(recorder)) {
            await().atMost(Duration.ofSeconds(10)).until(() -> survivor.owned().size() == 64);
            Process other = OwnerProcess.start(KAFKA.bootstrapServers(), topic, topic, directory.resolve("output"));
            try {
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> survivor.owned().size() == 32);
                recorder.histories.clear();
                int inherited = missing(survivor.owned());
                send(inherited, "last words", NOW.minusSeconds(10));
            } finally {
                other.destroyForcibly();
            }
            long killed = System.nanoTime();

            await().atMost(Duration.ofSeconds(20)).until(() -> survivor.owned().size() == 64);
            assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(9));
            assertThat(recorder.histories).hasSize(32);
            assertThat(recorder.histories.values().stream().flatMap(List::stream))
                    .singleElement()
                    .satisfies(record -> assertThat(text(record)).isEqualTo("last words"));
        }
    }

    @Test
    void theHistoryIsExactlyTheRecordsSinceTheCut() throws Exception {
        send(7, "long ago", NOW.minus(Duration.ofHours(1)));
        send(7, "just too old", NOW.minus(MINUTE).minusMillis(1));
        send(7, "at the cut", NOW.minus(MINUTE));
        send(7, "late arrival of old", NOW.minus(Duration.ofMinutes(2)));
        send(7, "recent", NOW.minusSeconds(30));
        send(9, "only old", NOW.minus(Duration.ofHours(1)));
        Recorder recorder = new Recorder();

        try (PartitionOwnership ownership = join(recorder)) {
            await().atMost(Duration.ofSeconds(10)).until(() -> ownership.owned().size() == 64);

            List<BusRecord> history = history(recorder, 7);
            assertThat(history).extracting(PartitionOwnershipIT::text).containsExactly("at the cut", "recent");
            assertThat(history).extracting(BusRecord::offset).containsExactly(2L, 4L);
            assertThat(history)
                    .extracting(BusRecord::timestampMillis)
                    .containsExactly(
                            NOW.minus(MINUTE).toEpochMilli(),
                            NOW.minusSeconds(30).toEpochMilli());
            assertThat(history).allSatisfy(record -> assertThat(new String(record.key(), UTF_8))
                    .isEqualTo("node"));
            assertThat(history(recorder, 9)).isEmpty();
            assertThat(history(recorder, 8)).isEmpty();
        }
    }

    @Test
    void aLongHistoryIsHandedOverWholeAndInOrder() throws Exception {
        int count = 3_000;
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(ClientProperties.producer(CLIENT))) {
            for (int i = 0; i < count; i++) {
                var unused = producer.send(record(3, Integer.toString(i), NOW));
            }
            producer.flush();
        }
        Recorder recorder = new Recorder();

        try (PartitionOwnership ownership = join(recorder)) {
            await().atMost(Duration.ofSeconds(15)).until(() -> ownership.owned().size() == 64);
            List<BusRecord> history = history(recorder, 3);
            assertThat(history).hasSize(count);
            for (int i = 0; i < count; i++) {
                assertThat(text(history.get(i))).isEqualTo(Integer.toString(i));
            }
        }
    }

    @Test
    void aBrokerRestartDoesNotEndTheLoop() throws Exception {
        Recorder recorder = new Recorder();
        try (PartitionOwnership ownership = join(recorder)) {
            await().atMost(Duration.ofSeconds(10)).until(() -> ownership.owned().size() == 64);

            KAFKA.stop();
            long stopped = System.nanoTime();
            await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
            assertThat(ownership.moved(Duration.ofSeconds(1))).isTrue();
            assertThat(ownership.lastPollNanos()).isGreaterThan(stopped);
            KAFKA.resume();

            send(5, "after", NOW);
            Recorder later = new Recorder();
            try (PartitionOwnership second = join(later)) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() ->
                                ownership.owned().size() == 32 && second.owned().size() == 32);
                Recorder owner = second.owned().contains(5) ? later : recorder;
                assertThat(owner.now).contains(5);
            }
        }
    }

    @Test
    void aProcessMayStartBeforeItsBroker() {
        KAFKA.stop();
        try (PartitionOwnership ownership = join(new Recorder())) {
            await().pollDelay(Duration.ofSeconds(1)).until(() -> ownership.moved(Duration.ofSeconds(1)));
            KAFKA.resume();

            await().atMost(Duration.ofSeconds(20)).until(() -> ownership.owned().size() == 64);
        }
    }

    @Test
    void withoutABrokerClosingIsQuick() {
        KAFKA.stop();
        PartitionOwnership ownership = join(new Recorder());
        long start = System.nanoTime();
        ownership.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(9));
    }

    @Test
    void whatTheListenerThrowsDoesNotEndTheLoop() {
        AtomicInteger released = new AtomicInteger();
        PartitionOwnership.Listener failing = new PartitionOwnership.Listener() {
            @Override
            public void taken(int partition, List<BusRecord> history) {
                throw new IllegalStateException("taken " + partition);
            }

            @Override
            public void released(int partition) {
                released.incrementAndGet();
                throw new IllegalStateException("released " + partition);
            }
        };
        try (PartitionOwnership first = join(failing)) {
            await().atMost(Duration.ofSeconds(10)).until(() -> first.owned().size() == 64);
            try (PartitionOwnership second = join(new Recorder())) {
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> second.owned().size() == 32);
            }
        }
        assertThat(released.get()).isGreaterThanOrEqualTo(64);
    }

    @Test
    void aWrongClientPropertyIsRefusedBeforeTheStart() {
        Map<String, Object> wrong = Map.of("bootstrap.servers", KAFKA.bootstrapServers(), "isolation.level", "perfect");
        assertThatThrownBy(() -> new PartitionOwnership(wrong, "g", topic, MINUTE, CLOCK, new Recorder()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("isolation.level");
    }

    private PartitionOwnership join(PartitionOwnership.Listener listener) {
        return new PartitionOwnership(CLIENT, topic, topic, MINUTE, CLOCK, listener).start();
    }

    private void send(int partition, String value, Instant timestamp) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(ClientProperties.producer(CLIENT))) {
            producer.send(record(partition, value, timestamp)).get();
        }
    }

    private ProducerRecord<byte[], byte[]> record(int partition, String value, Instant timestamp) {
        return new ProducerRecord<>(
                topic, partition, timestamp.toEpochMilli(), "node".getBytes(UTF_8), value.getBytes(UTF_8));
    }

    private static int missing(Set<Integer> owned) {
        int partition = 0;
        while (owned.contains(partition)) {
            partition++;
        }
        return partition;
    }

    private static List<BusRecord> history(Recorder recorder, int partition) {
        List<BusRecord> history = recorder.histories.get(partition);
        assertThat(history).isNotNull();
        return history;
    }

    private static String text(BusRecord record) {
        return new String(record.value(), UTF_8);
    }

    private static final class Recorder implements PartitionOwnership.Listener {

        final Map<Integer, List<BusRecord>> histories = new ConcurrentHashMap<>();
        final Set<Integer> now = ConcurrentHashMap.newKeySet();
        final AtomicInteger released = new AtomicInteger();

        @Override
        public void taken(int partition, List<BusRecord> history) {
            now.add(partition);
            histories.put(partition, history);
        }

        @Override
        public void released(int partition) {
            now.remove(partition);
            released.incrementAndGet();
        }
    }
}
