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
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Against a broker whose sessions outlast every wait here: a partition that moves was left, and did not time out. */
class PartitionOwnershipIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String SESSION = "600000";
    private static final EmbeddedKafka KAFKA = EmbeddedKafka.inTemporaryDirectory(Map.of(
            "group.consumer.session.timeout.ms", SESSION,
            "group.consumer.max.session.timeout.ms", SESSION,
            "group.consumer.heartbeat.interval.ms", "1000"));
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
            await().atMost(PATIENCE).until(() -> first.owned().size() == 64);
            assertThat(first.partitions()).isEqualTo(64);

            try (PartitionOwnership second = join(two)) {
                await().atMost(PATIENCE)
                        .until(() ->
                                first.owned().size() == 32 && second.owned().size() == 32);
                Set<Integer> all = new HashSet<>(first.owned());
                all.addAll(second.owned());
                assertThat(all).hasSize(64);
                assertThat(second.partitions()).isEqualTo(64);
            }
            await().atMost(PATIENCE).until(() -> first.owned().size() == 64);
        }
        assertThat(one.now).isEmpty();
        assertThat(two.now).isEmpty();
        assertThat(two.released).hasValue(32);
    }

    @Test
    void aKilledOwnersPartitionsMoveAfterTheSessionTimeout(@TempDir Path directory) throws Exception {
        sessionOf(Duration.ofSeconds(6));
        Recorder recorder = new Recorder();
        try (PartitionOwnership survivor = join(recorder)) {
            await().atMost(PATIENCE).until(() -> survivor.owned().size() == 64);
            Set<Integer> inherited = new HashSet<>();
            Process other = OwnerProcess.start(KAFKA.bootstrapServers(), topic, topic, directory.resolve("output"));
            try {
                await().atMost(PATIENCE).until(() -> survivor.owned().size() == 32);
                recorder.histories.clear();
                IntStream.range(0, 64).forEach(inherited::add);
                inherited.removeAll(survivor.owned());
                send(inherited.iterator().next(), "last words", NOW.minusSeconds(10));
            } finally {
                other.destroyForcibly();
            }

            await().atMost(PATIENCE).until(() -> recorder.now.size() == 64);
            assertThat(recorder.histories).containsKeys(inherited.toArray(Integer[]::new));
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
            await().atMost(PATIENCE).until(() -> recorder.now.size() == 64);

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
        KAFKA.write(IntStream.range(0, count)
                .mapToObj(i -> record(3, Integer.toString(i), NOW))
                .toList());
        Recorder recorder = new Recorder();

        try (PartitionOwnership ownership = join(recorder)) {
            await().atMost(PATIENCE).until(() -> recorder.now.size() == 64);
            assertThat(history(recorder, 3))
                    .extracting(PartitionOwnershipIT::text)
                    .containsExactlyElementsOf(IntStream.range(0, count)
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }

    @Test
    void aBrokerRestartDoesNotEndTheLoop() throws Exception {
        Recorder recorder = new Recorder();
        try (PartitionOwnership ownership = join(recorder)) {
            await().atMost(PATIENCE).until(() -> ownership.owned().size() == 64);

            KAFKA.stop();
            long stopped = System.nanoTime();
            await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
            await().atMost(PATIENCE).until(() -> ownership.lastPollNanos() > stopped);
            await().atMost(PATIENCE).until(() -> ownership.moved(Duration.ofSeconds(1)));
            KAFKA.resume();

            send(5, "after", NOW);
            Recorder later = new Recorder();
            try (PartitionOwnership second = join(later)) {
                await().atMost(PATIENCE)
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
            await().pollDelay(Duration.ofSeconds(1))
                    .atMost(PATIENCE)
                    .until(() -> ownership.moved(Duration.ofSeconds(1)));
            KAFKA.resume();

            await().atMost(PATIENCE).until(() -> ownership.owned().size() == 64);
        }
    }

    @Test
    void withoutABrokerClosingEndsTheLoop() {
        KAFKA.stop();
        PartitionOwnership ownership = join(new Recorder());
        ownership.close();
        await().atMost(PATIENCE).until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("partition-ownership-" + topic)));
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
            await().atMost(PATIENCE).until(() -> first.owned().size() == 64);
            try (PartitionOwnership second = join(new Recorder())) {
                await().atMost(PATIENCE).until(() -> second.owned().size() == 32);
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

    private void send(int partition, String value, Instant timestamp) {
        KAFKA.write(List.of(record(partition, value, timestamp)));
    }

    private ProducerRecord<byte[], byte[]> record(int partition, String value, Instant timestamp) {
        return new ProducerRecord<>(
                topic, partition, timestamp.toEpochMilli(), "node".getBytes(UTF_8), value.getBytes(UTF_8));
    }

    /** Of this test's group; what Kafka's administrators can set of a group. */
    private void sessionOf(Duration timeout) throws Exception {
        ConfigEntry entry = new ConfigEntry("consumer.session.timeout.ms", Long.toString(timeout.toMillis()));
        try (Admin admin = Admin.create(ClientProperties.admin(CLIENT))) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.GROUP, topic),
                            List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
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
