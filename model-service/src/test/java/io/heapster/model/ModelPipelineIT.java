package io.heapster.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapster.contract.bus.ClientProperties;
import io.heapster.contract.bus.Topics;
import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.uri.Durations;
import io.heapster.contract.wire.MalformedBatchException;
import io.heapster.contract.wire.SampleBatchDecoder;
import io.heapster.model.store.ClusterHistory;
import io.heapster.model.store.EntityHistory;
import io.heapster.model.store.SampleStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Replicas of the pipeline on a real broker: what a restart, a second replica and a kill change, and what not. */
class ModelPipelineIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final SampleLog log = new SampleLog();
    private final List<Replica> replicas = new ArrayList<>();

    @AfterEach
    void end() {
        replicas.forEach(Replica::stop);
        log.close();
    }

    private record Settings() implements ModelConfig {
        @Override
        public Duration window() {
            return Duration.ofMinutes(15);
        }

        @Override
        public Duration sumsGrace() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration clockTolerance() {
            return Duration.ofMinutes(2);
        }

        @Override
        public Duration resolution() {
            return Duration.ofMillis(SampleLog.RESOLUTION);
        }

        @Override
        public long maxPoints() {
            return 0;
        }

        @Override
        public int maxEntities() {
            return 1_000;
        }

        @Override
        public int maxLabels() {
            return 10;
        }

        @Override
        public int maxLabelLength() {
            return 1_000;
        }

        @Override
        public Optional<String> cluster() {
            return Optional.empty();
        }

        @Override
        public String labelSeparator() {
            return ",";
        }
    }

    private final class Replica {
        private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
        private final ModelPipeline pipeline = new ModelPipeline(
                new Settings(),
                Durations.print(Duration.ofMillis(SampleLog.RESOLUTION)),
                false,
                log.properties(),
                registry);
        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

        Replica start() {
            replicas.add(this);
            pipeline.start(new StartupEvent());
            var unused = timer.scheduleWithFixedDelay(pipeline::sumClosedTicks, 200, 200, TimeUnit.MILLISECONDS);
            return this;
        }

        Replica awaitReady() {
            await().atMost(PATIENCE).until(() -> pipeline.reader().isCaughtUp());
            return this;
        }

        void stop() {
            timer.shutdownNow();
            pipeline.stop(new ShutdownEvent());
        }

        SampleStore store() {
            return pipeline.store();
        }

        String usageOf(String path) {
            ClusterHistory cluster = Objects.requireNonNull(store().cluster("default"));
            @Nullable
            EntityHistory entity =
                    switch (path) {
                        case "" -> cluster;
                        case "shop" -> cluster.namespace("shop");
                        default -> cluster.pod("shop", path);
                    };
            return Objects.requireNonNull(entity)
                    .points(Metrics.CPU_USAGE_RATE, 0, Long.MAX_VALUE)
                    .toString();
        }

        String sum(Metric metric) {
            return Objects.requireNonNull(store().cluster("default"))
                    .points(metric, 0, Long.MAX_VALUE)
                    .toString();
        }

        double undecodable() {
            return count("heapster.model.undecodable.records");
        }

        double count(String name) {
            return registry.get(name).counter().count();
        }
    }

    private void writeTicks(int oldestAgo, int newestAgo, String... nodes) {
        for (int ago = oldestAgo; ago >= newestAgo; ago--) {
            for (String node : nodes) {
                log.write(SampleLog.batch(node, log.tick(ago), 100 + ago));
            }
        }
    }

    @Test
    void aRestartLosesNothingOfTheWindowAndReadinessWaitsForIt() {
        writeTicks(60, 5, "n1", "n2");
        Replica before = new Replica().start().awaitReady();
        String history = before.usageOf("web-n1");
        before.stop();

        Replica after = new Replica().start();
        assertThat(after.pipeline.reader().isCaughtUp()).isFalse();
        after.awaitReady();

        assertThat(after.usageOf("web-n1")).isEqualTo(history);
        assertThat(history.split("=")).hasSize(56 + 1);
    }

    @Test
    void anUndecodableRecordIsPassedOverAndCounted() {
        writeTicks(6, 5, "n1");
        log.write("default/n1", log.tick(4), "no batch".getBytes(UTF_8));
        writeTicks(4, 3, "n1");

        Replica replica = new Replica().start().awaitReady();

        assertThat(replica.usageOf("web-n1").split("=")).hasSize(4 + 1);
        assertThat(replica.undecodable()).isEqualTo(1);
    }

    @Test
    void sumsArePublishedOnceATickByOneReplicaAndByTheOtherWhenItGoes() {
        writeTicks(8, 5, "n1", "n2");
        Replica one = new Replica().start().awaitReady();
        Replica two = new Replica().start().awaitReady();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sums()).hasSize(4));
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(one.usageOf("")).isEqualTo(two.usageOf("")).contains("=" + 2 * 105);
            assertThat(one.usageOf("shop")).isEqualTo(two.usageOf("shop"));
        });

        // Who owns is not known from outside: with both gone in turn, each takes over at least once.
        one.stop();
        writeTicks(4, 3, "n1", "n2");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sums()).hasSize(6));
        Replica three = new Replica().start().awaitReady();
        two.stop();
        writeTicks(2, 2, "n1", "n2");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sums()).hasSize(7));

        assertThat(sums().stream().map(SampleBatch::tickMillis)).doesNotHaveDuplicates();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(three.usageOf("").split("=")).hasSize(7 + 1));
    }

    @Test
    void aLateNodeIsAddedToTheSums() {
        writeTicks(6, 5, "n1", "n2");
        writeTicks(4, 4, "n1");
        Replica replica = new Replica().start().awaitReady();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(replica.usageOf("")).endsWith("=104"));
        assertThat(replica.sum(Metrics.NODES_COVERED)).endsWith("=1");
        assertThat(replica.sum(Metrics.NODES_KNOWN)).endsWith("=2");

        writeTicks(4, 4, "n2");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(replica.usageOf("")).endsWith("=208"));
        assertThat(replica.sum(Metrics.NODES_COVERED)).endsWith("=2");
    }

    @Test
    void kafkaMayGoAndComeBack() {
        writeTicks(6, 5, "n1");
        Replica replica = new Replica().start().awaitReady();
        log.broker().stop();
        log.broker().resume();

        writeTicks(4, 4, "n1");

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(replica.usageOf("web-n1").split("=")).hasSize(3 + 1));
        assertThat(replica.pipeline.reader().isCaughtUp()).isTrue();
        assertThat(replica.pipeline.reader().moved(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void replicasAgreeOnLateAndRepeatedRecordsWheneverTheyRead() {
        writeTicks(12, 9, "n1", "n2");
        Replica early = new Replica().start().awaitReady();
        writeTicks(7, 6, "n1", "n2");
        // Written again after a lost acknowledgement, late after an outage, and corrected by who reads the node now.
        writeTicks(7, 6, "n1");
        writeTicks(8, 8, "n2", "n1");
        log.write(SampleLog.batch("n2", log.tick(7), 555));
        writeTicks(10, 9, "n2");
        Replica late = new Replica().start().awaitReady();

        await().atMost(PATIENCE).untilAsserted(() -> {
            for (String path : List.of("web-n1", "web-n2", "shop", "")) {
                assertThat(early.usageOf(path)).isEqualTo(late.usageOf(path));
            }
            assertThat(late.usageOf("").split("=")).hasSize(7 + 1);
        });
        assertThat(late.usageOf("web-n2").split("=")).hasSize(7 + 1);
        assertThat(late.usageOf("web-n2")).contains("=555");
        assertThat(late.usageOf("")).contains("=" + (107 + 555));
    }

    @Test
    void whatLeftTheWindowBeforeItWasReadIsNotEvenDecoded() {
        writeTicks(6, 5, "n1");
        log.write("default/n1", log.tick(6) - Duration.ofHours(1).toMillis(), "no batch".getBytes(UTF_8));
        writeTicks(4, 4, "n1");

        Replica replica = new Replica().start().awaitReady();

        assertThat(replica.usageOf("web-n1").split("=")).hasSize(3 + 1);
        assertThat(replica.undecodable()).isZero();
        assertThat(replica.count("heapster.model.outdated.records")).isEqualTo(1);
    }

    @Test
    void whatWasReadIsCounted() {
        writeTicks(6, 5, "n1");
        log.write("default/n1", log.tick(4), "no batch".getBytes(UTF_8));

        Replica replica = new Replica().start().awaitReady();

        int samples = SampleLog.batch("n1", log.tick(6), 1).sampleCount();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(replica.count("heapster.model.read.samples"))
                .isGreaterThanOrEqualTo(2 * samples));
        assertThat(replica.count("heapster.model.read.records")).isGreaterThanOrEqualTo(3);
        assertThat(replica.count("heapster.model.read.bytes")).isGreaterThan(3 * 8);
    }

    private List<SampleBatch> sums() {
        Map<String, Object> properties = ClientProperties.consumer(log.properties());
        properties.put("group.protocol", "classic");
        TopicPartition partition = new TopicPartition(Topics.AGGREGATES.name(), 0);
        List<SampleBatch> sums = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties)) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = Objects.requireNonNull(
                    consumer.endOffsets(List.of(partition)).get(partition));
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    SampleBatch batch = decoded(record.value());
                    assertThat(record.timestamp()).isEqualTo(batch.tickMillis());
                    assertThat(record.key()).isEqualTo("default".getBytes(UTF_8));
                    sums.add(batch);
                }
            }
        }
        return sums;
    }

    private static SampleBatch decoded(byte[] bytes) {
        try {
            return new SampleBatchDecoder().decode(bytes);
        } catch (MalformedBatchException e) {
            throw new AssertionError(e);
        }
    }
}
