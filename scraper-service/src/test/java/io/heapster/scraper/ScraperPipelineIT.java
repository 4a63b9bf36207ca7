package io.heapster.scraper;

import static io.heapster.contract.metric.Metrics.CPU_USAGE_RATE;
import static io.heapster.contract.metric.Metrics.MEMORY_USAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapster.contract.bus.ClientProperties;
import io.heapster.contract.bus.Topics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.Outcome;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.wire.MalformedBatchException;
import io.heapster.contract.wire.SampleBatchDecoder;
import io.heapster.kafka.EmbeddedKafka;
import io.heapster.scraper.derive.JoinedLabels;
import io.heapster.scraper.publish.PublishLimits;
import io.heapster.scraper.source.Source;
import io.heapster.scraper.source.cadvisor.CadvisorSourceFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScraperPipelineIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int NODES = 12;
    private static final Duration RESOLUTION = Duration.ofSeconds(5);

    @SuppressWarnings("NullAway.Init")
    private EmbeddedKafka kafka;

    @BeforeEach
    void startKafka() {
        // Sessions that outlast every wait: partitions move because they were left, not because a machine stood still.
        kafka = EmbeddedKafka.inTemporaryDirectory(Map.of(
                "group.consumer.session.timeout.ms", "600000",
                "group.consumer.max.session.timeout.ms", "600000"));
    }

    @AfterEach
    void stopKafka() {
        kafka.close();
    }

    private Map<String, Object> properties() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }

    private ScraperPipeline pipeline(MeterRegistry meters) {
        return pipeline(1, meters);
    }

    private ScraperPipeline pipeline(int maxEntities, MeterRegistry meters) {
        return pipeline(maxEntities, meters, new FakeCluster(NODES));
    }

    private ScraperPipeline pipeline(int maxEntities, MeterRegistry meters, Source... sources) {
        ScraperSettings settings = new ScraperSettings(
                RESOLUTION,
                Duration.ofSeconds(1),
                new JoinedLabels(",", List.of(), List.of(), 2_048),
                maxEntities,
                new PublishLimits(1_000, 1 << 24, 1 << 19),
                true,
                true);
        return new ScraperPipeline(settings, properties(), List.of(sources), meters, Clock.systemUTC());
    }

    private static long owned(ScraperPipeline pipeline) {
        return pipeline.targets().stream().filter(pipeline::owns).count();
    }

    /** All batches so far, by tick and node. */
    private Map<Long, Map<String, SampleBatch>> log() throws MalformedBatchException {
        Map<Long, Map<String, SampleBatch>> byTick = new TreeMap<>();
        SampleBatchDecoder decoder = new SampleBatchDecoder();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(ClientProperties.consumer(properties()))) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int i = 0; i < Topics.SAMPLES.partitions(); i++) {
                partitions.add(new TopicPartition(Topics.SAMPLES.name(), i));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    SampleBatch batch = decoder.decode(record.value());
                    assertThat(record.timestamp()).isEqualTo(batch.tickMillis());
                    byTick.computeIfAbsent(batch.tickMillis(), any -> new TreeMap<>())
                            .put(batch.nodeKey().recordKey(), batch);
                }
            }
        }
        return byTick;
    }

    @Test
    void twoPipelinesShareTheNodesAndATakeOverLosesNoRate() throws MalformedBatchException {
        SimpleMeterRegistry metersOfSecond = new SimpleMeterRegistry();
        ScraperPipeline first = pipeline(new SimpleMeterRegistry());
        ScraperPipeline second = pipeline(metersOfSecond);
        try {
            first.start();
            await().atMost(PATIENCE).until(() -> owned(first) == NODES);
            // A node that was never read has no rate yet, whoever takes it over.
            await().atMost(PATIENCE).until(() -> log().values().stream().anyMatch(nodes -> nodes.size() == NODES));

            second.start();
            await().atMost(PATIENCE).until(() -> owned(second) > 0 && owned(first) < NODES);
            await().atMost(PATIENCE).until(() -> owned(first) + owned(second) == NODES);
            long shared = System.currentTimeMillis();
            await().atMost(PATIENCE).until(() -> System.currentTimeMillis() > shared + 7_000);

            first.close();
            await().atMost(PATIENCE).until(() -> owned(second) == NODES);
            long moved = System.currentTimeMillis();
            await().atMost(PATIENCE).until(() -> System.currentTimeMillis() > moved + 11_000);
        } finally {
            first.close();
            second.close();
        }

        Map<Long, Map<String, SampleBatch>> log = log();
        List<Long> ticks = new ArrayList<>(log.keySet());
        Set<String> read = new HashSet<>();
        Set<String> rated = new HashSet<>();
        // The last tick was cut short by the end of the test.
        for (long tick : ticks.subList(0, ticks.size() - 1)) {
            Map<String, SampleBatch> nodes = log.getOrDefault(tick, Map.of());
            assertThat(nodes).as("nodes of tick " + tick).hasSize(NODES);
            nodes.forEach((node, batch) -> {
                if (batch.outcome() == Outcome.FAILED) {
                    // A machine that stands still for a second reads nothing in time.
                    assertThat(batch.reason()).startsWith("timeout");
                } else if (!read.add(node)) {
                    assertThat(batch.entities().get(0).samples().longOr(CPU_USAGE_RATE, -1))
                            .as("rate of " + node + " at " + tick)
                            .isEqualTo(500);
                    rated.add(node);
                }
            });
        }
        assertThat(ticks).hasSizeGreaterThanOrEqualTo(4);
        assertThat(rated).hasSize(NODES);
        assertThat(metersOfSecond
                        .get("heapster.rates.withheld")
                        .tag("reason", "first")
                        .counter()
                        .count())
                .isZero();
    }

    @Test
    void equalNodeNamesOfSeveralClustersDoNotMeet() throws MalformedBatchException {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Source east = new FakeCluster("east", 3, 500);
        Source west = new FakeCluster("west", 3, 250);
        try (ScraperPipeline pipeline = pipeline(1, meters, east, west, new FakeCluster("west", 1, 999))) {
            assertThat(pipeline.targets()).hasSize(6);
            pipeline.start();
            await().atMost(PATIENCE).until(() -> log().size() >= 3);
        }

        assertThat(meters.get("heapster.scrape.targets.repeated").gauge().value())
                .isEqualTo(1);
        List<Map<String, SampleBatch>> ticks = List.copyOf(log().values());
        ticks.get(1).forEach((key, batch) -> {
            assertThat(key).matches("(east|west)/node-[0-2]");
            assertThat(batch.entities().get(0).samples().longOr(CPU_USAGE_RATE, -1))
                    .as(key)
                    .isEqualTo(batch.cluster().equals("east") ? 500 : 250);
        });
        assertThat(ticks.get(1)).hasSize(6);
    }

    @Test
    void aNodeOfTooManyEntitiesFailsAndSaysSo() throws MalformedBatchException {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (ScraperPipeline pipeline = pipeline(0, meters)) {
            pipeline.start();
            await().atMost(PATIENCE).until(() -> !log().isEmpty());
        }

        log().values().forEach(nodes -> assertThat(nodes.values()).allSatisfy(batch -> {
            assertThat(batch.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(batch.reason()).isEqualTo("too_large: 1 entities, and heapster.scraper.max-entities is 0");
            assertThat(batch.entities()).isEmpty();
        }));
        assertThat(meters.get("heapster.scrape.failures")
                        .tag("reason", "too_large")
                        .counter()
                        .count())
                .isPositive();
    }

    @Test
    void machinesOutsideKubernetesAreInTheLog() throws Exception {
        Vertx vertx = Vertx.vertx();
        byte[] document;
        try (InputStream in = ScraperPipelineIT.class.getResourceAsStream("/cadvisor/v1.3-subcontainers.json")) {
            document = Objects.requireNonNull(in).readAllBytes();
        }
        HttpServer cadvisor = vertx.createHttpServer()
                .requestHandler(request -> request.response().end(Buffer.buffer(document)))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Path root = Path.of("/");
        List<Source> sources = new SourceSelection(
                        List.of(new CadvisorSourceFactory(vertx, meters)), Map.of(), root, root)
                .select(List.of(
                        "cadvisor:external?standalone=true&cluster_name=lab&cadvisorPort=" + cadvisor.actualPort()));
        try (ScraperPipeline pipeline = pipeline(100, meters, sources.toArray(Source[]::new))) {
            pipeline.start();
            await().atMost(PATIENCE).until(() -> !log().isEmpty());
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }

        log().values().forEach(nodes -> {
            assertThat(nodes).containsOnlyKeys("lab/localhost");
            SampleBatch batch = Objects.requireNonNull(nodes.get("lab/localhost"));
            assertThat(batch.outcome()).isEqualTo(Outcome.OK);
            assertThat(batch.entities())
                    .extracting(Entity::key)
                    .containsExactly(
                            "node:localhost",
                            "node:localhost/container:web",
                            "node:localhost/container:system.slice/sshd.service");
            assertThat(batch.entities().get(0).samples().longOr(MEMORY_USAGE, 0))
                    .isEqualTo(8_000_000_000L);
        });
    }
}
