package io.heapster.scraper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.heapster.contract.bus.ClientProperties;
import io.heapster.contract.bus.Topics;
import io.heapster.contract.event.EventCodec;
import io.heapster.contract.event.EventRecord;
import io.heapster.contract.event.MalformedEventException;
import io.heapster.kafka.EmbeddedKafka;
import io.heapster.scraper.publish.EventLog;
import io.heapster.scraper.source.kubernetes.events.FakeEventApi;
import io.heapster.scraper.source.kubernetes.events.FakeEventApi.Version;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the API server to heapster.events: whatever happens, each version of each event lies there once. */
class EventPipelineIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int CLUSTERS = 6;

    private final FakeEventApi api = new FakeEventApi();
    private final KubernetesClient client = EventFollowerProcess.client(api.url());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ScheduledExecutorService happenings = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger happened = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private EmbeddedKafka kafka;

    EventPipelineIT() throws IOException {}

    @BeforeEach
    void start() {
        kafka = EmbeddedKafka.inTemporaryDirectory(
                Map.of("group.consumer.session.timeout.ms", "6000", "group.consumer.heartbeat.interval.ms", "1000"));
        Topics.create(properties(), List.of(Topics.EVENTS));
    }

    @AfterEach
    void stop() {
        happenings.shutdownNow();
        client.close();
        api.close();
        kafka.close();
    }

    private Map<String, Object> properties() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }

    private EventPipeline pipeline(int clusters) {
        EventPipeline pipeline = EventFollowerProcess.pipeline(kafka.bootstrapServers(), client, clusters, registry);
        pipeline.start();
        return pipeline;
    }

    /** Every 5 ms a new event, or one that happens again. */
    private void happen() {
        var unused = happenings.scheduleWithFixedDelay(
                () -> api.put("e" + happened.getAndIncrement() % 500), 0, 5, TimeUnit.MILLISECONDS);
    }

    private void silence() throws InterruptedException {
        happenings.shutdown();
        assertThat(happenings.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
    }

    /** What lies in the topic, by cluster, in the order of its partition. */
    private Map<String, List<Version>> log() throws MalformedEventException {
        Map<String, List<Version>> byCluster = new TreeMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(ClientProperties.consumer(properties()))) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int i = 0; i < Topics.EVENTS.partitions(); i++) {
                partitions.add(new TopicPartition(Topics.EVENTS.name(), i));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    EventRecord event = EventCodec.decode(record.value());
                    assertThat(record.partition())
                            .isEqualTo(Topics.partitionOf(event.cluster(), Topics.EVENTS.partitions()));
                    assertThat(new String(record.key(), UTF_8)).isEqualTo(event.recordKey());
                    byCluster
                            .computeIfAbsent(event.cluster(), any -> new ArrayList<>())
                            .add(new Version(event.uid(), event.resourceVersion()));
                }
            }
        }
        return byCluster;
    }

    /** Each version once and in order, in every cluster. */
    private void assertWhole(int clusters) throws MalformedEventException {
        List<Version> written = api.written();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(log())
                .hasSize(clusters)
                .allSatisfy((cluster, events) -> assertThat(events).as(cluster).containsExactlyElementsOf(written)));
    }

    private boolean everyClusterHas(int events) throws MalformedEventException {
        Map<String, List<Version>> log = log();
        return log.size() == CLUSTERS && log.values().stream().allMatch(all -> all.size() >= events);
    }

    @Test
    void replicasJoiningAndKilledLoseAndDoubleNothing(@TempDir Path directory) throws Exception {
        api.put("first");
        Process killed =
                EventFollowerProcess.start(kafka.bootstrapServers(), api.url(), CLUSTERS, directory.resolve("output"));
        try {
            // Of what happened again before the first list, only the newest version is left to see.
            await().atMost(PATIENCE).until(() -> everyClusterHas(1));
            happen();
            await().atMost(PATIENCE).until(() -> everyClusterHas(50));
            try (EventPipeline second = pipeline(CLUSTERS)) {
                await().atMost(PATIENCE)
                        .until(() -> registry.get("heapster.events.owned.partitions")
                                        .gauge()
                                        .value()
                                == 6);
                int joined = api.written().size();
                await().atMost(PATIENCE).until(() -> everyClusterHas(joined + 100));

                killed.destroyForcibly().waitFor();
                int atKill = api.written().size();
                await().atMost(PATIENCE)
                        .until(() -> registry.get("heapster.events.owned.partitions")
                                        .gauge()
                                        .value()
                                == 12);
                await().atMost(PATIENCE).until(() -> everyClusterHas(atKill + 100));
                silence();
                assertWhole(CLUSTERS);
            }
        } finally {
            killed.destroyForcibly();
        }
        assertThat(registry.find("heapster.events.published").counters().stream()
                        .mapToDouble(counter -> counter.count())
                        .sum())
                .isPositive();
    }

    @Test
    void aRestartGoesOnWhereItStoppedAlsoWhenTheVersionWasCompactedAway() throws Exception {
        for (int i = 0; i < 40; i++) {
            api.put("early" + i);
        }
        try (EventPipeline first = pipeline(1)) {
            await().atMost(PATIENCE)
                    .until(() -> log().getOrDefault("c0", List.of()).size() == 40);
        }
        api.put("early3");
        api.put("while-away");
        try (EventPipeline second = pipeline(1)) {
            await().atMost(PATIENCE)
                    .until(() -> log().getOrDefault("c0", List.of()).size() == 42);
            assertThat(registry.get("heapster.events.lists").counter().count()).isEqualTo(1);
        }
        api.put("late");
        api.compact();
        try (EventPipeline third = pipeline(1)) {
            await().atMost(PATIENCE)
                    .until(() -> log().getOrDefault("c0", List.of()).size() == 43);
            api.breakWatches();
            api.put("last");
            assertWhole(1);
        }
        assertThat(registry.get("heapster.events.watch.restarts")
                        .tag("reason", "gone")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whileKafkaIsAwayEventsWaitAtTheApiServer() throws Exception {
        try (EventPipeline pipeline = pipeline(2)) {
            api.put("a");
            await().atMost(PATIENCE).until(() -> log().size() == 2);
            kafka.stop();
            for (int i = 0; i < 5_000; i++) {
                api.put("e" + i % 1_000);
            }
            api.breakWatches();
            kafka.resume();
            assertWhole(2);
        }
    }

    @Test
    void theLastVersionIsFoundBehindThousandsOfEventsOfAnotherClusterInThePartition() throws Exception {
        api.put("a");
        try (EventPipeline pipeline = pipeline(1)) {
            await().atMost(PATIENCE).until(() -> log().containsKey("c0"));
        }
        int partition = Topics.partitionOf("c0", Topics.EVENTS.partitions());
        EventRecord own = new EventRecord(
                "other", "u", 9_999, "", "", EventRecord.InvolvedObject.NONE, "", "", "", "", "", 0, 1, 1, "{}", 0);
        kafka.write(Collections.nCopies(
                3_000,
                new ProducerRecord<>(
                        Topics.EVENTS.name(), partition, own.recordKey().getBytes(UTF_8), EventCodec.encode(own))));
        kafka.write(List.of(new ProducerRecord<>(Topics.EVENTS.name(), partition, null, new byte[] {1, 2, 3})));
        try (var log = new EventLog(properties(), "c0", partition, Clock.systemUTC(), registry)) {
            assertThat(log.lastVersion()).isEqualTo(api.written().get(0).resourceVersion());
        }
        try (var log = new EventLog(properties(), "unknown", partition, Clock.systemUTC(), registry)) {
            assertThat(log.lastVersion()).isZero();
        }
        assertThat(registry.get("heapster.history.records.skipped").counter().count())
                .isPositive();
    }
}
