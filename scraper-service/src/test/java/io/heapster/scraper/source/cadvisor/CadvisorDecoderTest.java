package io.heapster.scraper.source.cadvisor;

import static io.heapster.contract.metric.Metrics.ACCELERATOR_DUTY_CYCLE;
import static io.heapster.contract.metric.Metrics.ACCELERATOR_MEMORY_TOTAL;
import static io.heapster.contract.metric.Metrics.ACCELERATOR_MEMORY_USED;
import static io.heapster.contract.metric.Metrics.CPU_LOAD;
import static io.heapster.contract.metric.Metrics.CPU_USAGE;
import static io.heapster.contract.metric.Metrics.DISK_IO_READ_BYTES;
import static io.heapster.contract.metric.Metrics.DISK_IO_WRITE_BYTES;
import static io.heapster.contract.metric.Metrics.FILESYSTEM_AVAILABLE;
import static io.heapster.contract.metric.Metrics.FILESYSTEM_INODES;
import static io.heapster.contract.metric.Metrics.FILESYSTEM_LIMIT;
import static io.heapster.contract.metric.Metrics.FILESYSTEM_USAGE;
import static io.heapster.contract.metric.Metrics.MEMORY_CACHE;
import static io.heapster.contract.metric.Metrics.MEMORY_MAJOR_PAGE_FAULTS;
import static io.heapster.contract.metric.Metrics.MEMORY_PAGE_FAULTS;
import static io.heapster.contract.metric.Metrics.MEMORY_RSS;
import static io.heapster.contract.metric.Metrics.MEMORY_USAGE;
import static io.heapster.contract.metric.Metrics.MEMORY_WORKING_SET;
import static io.heapster.contract.metric.Metrics.NETWORK_RX;
import static io.heapster.contract.metric.Metrics.NETWORK_RX_ERRORS;
import static io.heapster.contract.metric.Metrics.NETWORK_TX;
import static io.heapster.contract.metric.Metrics.NETWORK_TX_ERRORS;
import static io.heapster.contract.metric.Metrics.PROCESS_COUNT;
import static io.heapster.contract.metric.Metrics.UPTIME;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricType;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.Samples;
import io.heapster.scraper.source.NodeInventory;
import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.decode.Warnings;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CadvisorDecoderTest {
    private static final Labels NODE = Labels.of(LabelKey.NODENAME, "web-1", LabelKey.HOSTNAME, "web-1");
    private static final long ANSWERED = millis("2026-11-21T10:00:11Z");
    private static final long ABSENT = Long.MIN_VALUE;

    private final CadvisorDecoder decoder = new CadvisorDecoder();

    private static long millis(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    private Reading version13(byte[] document) throws ScrapeException {
        return decoder.subcontainers(document, document.length, NODE, ANSWERED);
    }

    private Reading version13(String document) throws ScrapeException {
        return version13(document.getBytes(UTF_8));
    }

    private Reading version21() throws ScrapeException {
        byte[] spec = Documents.read(Documents.SPEC);
        byte[] machine = Documents.read(Documents.MACHINE_STATS);
        byte[] stats = Documents.read(Documents.STATS);
        Entity node =
                decoder.machineStats(machine, machine.length, NODE, decoder.creation(spec, spec.length), ANSWERED);
        return decoder.stats(stats, stats.length, node, ANSWERED);
    }

    private static Map<String, Entity> byKey(Reading reading) {
        Map<String, Entity> entities = new HashMap<>();
        for (Entity entity : reading.entities()) {
            assertThat(entities.put(entity.key(), entity)).as(entity.key()).isNull();
        }
        return entities;
    }

    private static Entity container(Reading reading, String name) {
        return Objects.requireNonNull(byKey(reading).get("node:web-1/container:" + name), name);
    }

    private static long value(Entity entity, Metric metric) {
        return entity.samples().longOr(metric, ABSENT);
    }

    private static long value(Entity entity, String resource, Metric metric) {
        return entity.resource(Labels.of(LabelKey.RESOURCE_ID, resource)).longOr(metric, ABSENT);
    }

    private static void assertMachine(Entity node) {
        assertThat(node.type()).isEqualTo(EntityType.NODE);
        assertThat(node.labels()).isEqualTo(NODE);
        assertThat(node.measuredMillis()).isEqualTo(millis("2026-11-21T10:00:10.5Z"));
        assertThat(value(node, CPU_USAGE)).isEqualTo(86_400_000_000_000L);
        assertThat(value(node, MEMORY_USAGE)).isEqualTo(8_000_000_000L);
        assertThat(value(node, MEMORY_CACHE)).isEqualTo(3_000_000_000L);
        assertThat(value(node, MEMORY_RSS)).isEqualTo(4_000_000_000L);
        assertThat(value(node, MEMORY_WORKING_SET)).isEqualTo(6_000_000_000L);
        assertThat(value(node, MEMORY_PAGE_FAULTS)).isEqualTo(500_000);
        assertThat(value(node, MEMORY_MAJOR_PAGE_FAULTS)).isEqualTo(300);
        assertThat(value(node, NETWORK_RX)).as("sum of the interfaces").isEqualTo(1_500);
        assertThat(value(node, NETWORK_TX)).isEqualTo(2_600);
        assertThat(value(node, NETWORK_RX_ERRORS)).isEqualTo(1);
        assertThat(value(node, NETWORK_TX_ERRORS)).isEqualTo(2);
        assertThat(value(node, "/dev/sda1", FILESYSTEM_USAGE)).isEqualTo(40_000_000_000L);
        assertThat(value(node, "/dev/sda1", FILESYSTEM_LIMIT)).isEqualTo(100_000_000_000L);
        assertThat(value(node, "/dev/sda1", FILESYSTEM_AVAILABLE)).isEqualTo(60_000_000_000L);
    }

    private static void assertWeb(Entity web) {
        assertThat(web.type()).isEqualTo(EntityType.SYSTEM_CONTAINER);
        assertThat(web.labels())
                .isEqualTo(NODE.with(LabelKey.CONTAINER_NAME, "web").with(LabelKey.CONTAINER_BASE_IMAGE, "nginx:1.27"));
        assertThat(web.startMillis()).isEqualTo(millis("2026-11-21T09:00:00Z"));
        assertThat(web.measuredMillis()).isEqualTo(millis("2026-11-21T10:00:09Z"));
        assertThat(value(web, UPTIME)).isEqualTo(3_609_000);
        assertThat(value(web, CPU_USAGE)).isEqualTo(7_200_000_000_000L);
        assertThat(value(web, CPU_LOAD))
                .as("0 is what is told where load is not measured")
                .isEqualTo(ABSENT);
        assertThat(value(web, MEMORY_WORKING_SET)).isEqualTo(150_000_000);
        assertThat(value(web, NETWORK_RX)).isEqualTo(70);
        assertThat(value(web, NETWORK_TX)).isEqualTo(80);
        assertThat(value(web, "/dev/sda", DISK_IO_READ_BYTES)).isEqualTo(111);
        assertThat(value(web, "/dev/sda", DISK_IO_WRITE_BYTES)).isEqualTo(222);
        Samples accelerator = web.resource(
                Labels.of(LabelKey.MAKE, "nvidia", LabelKey.MODEL, "tesla-k80", LabelKey.ACCELERATOR_ID, "GPU-1"));
        assertThat(accelerator.longOr(ACCELERATOR_MEMORY_TOTAL, ABSENT)).isEqualTo(12_000);
        assertThat(accelerator.longOr(ACCELERATOR_MEMORY_USED, ABSENT)).isEqualTo(3_000);
        assertThat(accelerator.longOr(ACCELERATOR_DUTY_CYCLE, ABSENT)).isEqualTo(45);
        assertThat(custom(web, "custom/requests")).isEqualTo(MetricType.CUMULATIVE);
    }

    private static MetricType custom(Entity entity, String name) {
        Samples samples = entity.samples();
        for (int i = 0; i < samples.size(); i++) {
            if (samples.metric(i).name().equals(name)) {
                assertThat(samples.longValue(i)).isEqualTo(42);
                return samples.metric(i).type();
            }
        }
        throw new AssertionError(name);
    }

    @Test
    void version13TellsOfTheMachineAndEveryContainer() throws ScrapeException {
        Reading reading = version13(Documents.read(Documents.SUBCONTAINERS));

        Entity node = reading.entities().get(0);
        assertMachine(node);
        assertThat(node.startMillis()).isEqualTo(millis("2026-11-20T06:00:00.123Z"));
        assertThat(value(node, CPU_LOAD)).isEqualTo(120);
        assertThat(value(node, PROCESS_COUNT)).isEqualTo(210);
        assertThat(value(node, "/dev/sda1", FILESYSTEM_INODES)).isEqualTo(6_400_000);
        assertThat(value(node, "tmpfs", FILESYSTEM_INODES)).isEqualTo(ABSENT);
        assertThat(value(node, "/dev/sda", DISK_IO_READ_BYTES)).isEqualTo(1_048_576);
        assertThat(value(node, "/dev/sda", DISK_IO_WRITE_BYTES)).isEqualTo(2_097_152);
        assertThat(value(node, "259:1", DISK_IO_WRITE_BYTES))
                .as("a device without a name")
                .isEqualTo(8_192);

        Entity web = container(reading, "web");
        assertWeb(web);
        assertThat(value(web, "/dev/sda1", FILESYSTEM_USAGE)).isEqualTo(123_456);

        Entity ssh = container(reading, "system.slice/sshd.service");
        assertThat(value(ssh, MEMORY_WORKING_SET)).isEqualTo(800);
        assertThat(value(ssh, NETWORK_RX)).as("its spec has no network").isEqualTo(ABSENT);
        assertThat(reading.entities())
                .as("a container without stats is dropped")
                .hasSize(3);
        assertThat(reading.warnings())
                .containsExactly(Warnings.CUSTOM_METRIC + ": odd", CadvisorDecoder.SAME_NAME + ": web");
    }

    @Test
    void version21TellsTheSame() throws ScrapeException {
        Reading reading = version21();

        Entity node = reading.entities().get(0);
        assertMachine(node);
        assertThat(node.startMillis()).isEqualTo(millis("2026-11-20T06:00:00Z"));

        Entity web = container(reading, "web");
        assertWeb(web);
        assertThat(value(web, PROCESS_COUNT)).isEqualTo(5);
        assertThat(value(web, "/", FILESYSTEM_USAGE))
                .as("a sum without a device")
                .isEqualTo(123_456);
        assertThat(value(web, "/", FILESYSTEM_LIMIT)).isEqualTo(ABSENT);

        assertThat(value(container(reading, "system.slice"), MEMORY_USAGE)).isEqualTo(900);
        assertThat(reading.entities()).hasSize(3);
        assertThat(reading.warnings()).isEmpty();
    }

    @Test
    void ofTwoContainersOfOneNameTheLaterCountsInAnyOrder() throws ScrapeException {
        String old =
                "{\"name\":\"/docker/1\",\"aliases\":[\"db\"],\"spec\":{\"creation_time\":\"2026-11-21T08:00:00Z\","
                        + "\"has_cpu\":true},\"stats\":[{\"cpu\":{\"usage\":{\"total\":1}}}]}";
        String young = old.replace("T08", "T09").replace(":1}", ":2}");

        for (String document : new String[] {"[" + old + "," + young + "]", "[" + young + "," + old + "]"}) {
            assertThat(value(container(version13(document), "db"), CPU_USAGE)).isEqualTo(2);
        }
    }

    @Test
    void aDocumentWithoutTheMachineStillHasItsContainers() throws ScrapeException {
        Reading reading = version13(
                "[{\"name\":\"/a\",\"spec\":{\"has_cpu\":true},\"stats\":[{\"cpu\":{\"usage\":{\"total\":3}}}]},"
                        + "null,7,{\"name\":\"/b\"},{\"name\":null,\"stats\":[{}]}]");

        assertThat(byKey(reading)).containsOnlyKeys("node:web-1", "node:web-1/container:a");
        assertThat(reading.entities().get(0).samples().isEmpty()).isTrue();
        assertThat(reading.warnings()).contains(CadvisorDecoder.NO_MACHINE + ": /", Warnings.NO_NAME + ": container");
    }

    @Test
    void aMachineWithoutStatsYetTellsNothing() throws ScrapeException {
        byte[] none = "null".getBytes(UTF_8);
        byte[] stats = Documents.read(Documents.STATS);

        Entity node = decoder.machineStats(none, none.length, NODE, 0, ANSWERED);
        assertThat(node.samples().isEmpty()).isTrue();
        assertThat(decoder.stats(stats, stats.length, node, ANSWERED).warnings())
                .containsExactly(CadvisorDecoder.NO_MACHINE + ": /");
    }

    @Test
    void allOfTheMachineMayBeUsed() throws ScrapeException {
        byte[] document = Documents.read(Documents.MACHINE);
        NodeInventory inventory = decoder.capacity(document, document.length);

        assertThat(inventory.known()).isTrue();
        assertThat(inventory.cpuCapacityMillis()).isEqualTo(4_000);
        assertThat(inventory.cpuAllocatableMillis()).isEqualTo(4_000);
        assertThat(inventory.memoryAllocatable()).isEqualTo(16_777_216_000.0);
        assertThat(inventory.pods()).isEmpty();
    }

    @Test
    void whatIsNoSuchDocumentFails() {
        for (String document : new String[] {"", "{}", "[", "[{\"name\":\"/\"", "<html>", "[] []"}) {
            assertThatThrownBy(() -> version13(document))
                    .as(document)
                    .isInstanceOfSatisfying(ScrapeException.class, e -> assertThat(e.reason())
                            .isEqualTo(ScrapeException.Reason.DECODE));
        }
    }

    @Test
    void mutatedDocumentsNeverBreakTheDecoder() throws ScrapeException {
        byte[] document = Documents.read(Documents.SUBCONTAINERS);
        Random random = new Random(7);
        for (int round = 0; round < 3_000; round++) {
            byte[] mutated = Arrays.copyOf(document, document.length - random.nextInt(20));
            for (int i = random.nextInt(4); i >= 0; i--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(128);
            }
            assertThatCode(() -> {
                        try {
                            version13(mutated);
                        } catch (ScrapeException e) {
                            assertThat(e.reason()).isEqualTo(ScrapeException.Reason.DECODE);
                        }
                    })
                    .doesNotThrowAnyException();
        }
        assertMachine(version13(document).entities().get(0));
    }
}
