package io.heapster.scraper.source.host;

import static io.heapster.contract.metric.Metrics.CPU_LOAD;
import static io.heapster.contract.metric.Metrics.CPU_PSI_SOME_AVG10;
import static io.heapster.contract.metric.Metrics.CPU_USAGE;
import static io.heapster.contract.metric.Metrics.DISK_IO_READ_BYTES;
import static io.heapster.contract.metric.Metrics.DISK_IO_WRITE_BYTES;
import static io.heapster.contract.metric.Metrics.FILESYSTEM_LIMIT;
import static io.heapster.contract.metric.Metrics.FILESYSTEM_USAGE;
import static io.heapster.contract.metric.Metrics.MEMORY_AVAILABLE;
import static io.heapster.contract.metric.Metrics.MEMORY_CACHE;
import static io.heapster.contract.metric.Metrics.MEMORY_LIMIT;
import static io.heapster.contract.metric.Metrics.MEMORY_PAGE_FAULTS;
import static io.heapster.contract.metric.Metrics.MEMORY_PSI_FULL;
import static io.heapster.contract.metric.Metrics.MEMORY_PSI_SOME_AVG10;
import static io.heapster.contract.metric.Metrics.MEMORY_RSS;
import static io.heapster.contract.metric.Metrics.MEMORY_USAGE;
import static io.heapster.contract.metric.Metrics.MEMORY_WORKING_SET;
import static io.heapster.contract.metric.Metrics.NETWORK_RX;
import static io.heapster.contract.metric.Metrics.NETWORK_TX_ERRORS;
import static io.heapster.contract.metric.Metrics.SWAP_USAGE;
import static io.heapster.contract.metric.Metrics.UPTIME;
import static io.heapster.scraper.source.host.HostFixture.container;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.ResourceSamples;
import io.heapster.scraper.source.Reading;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostReaderTest {
    @TempDir
    Path root;

    private static void assertValues(Entity entity, Map<Metric, Long> values) {
        values.forEach((metric, value) -> assertThat(entity.samples().longOr(metric, -1))
                .as(metric.name())
                .isEqualTo(value));
    }

    @Test
    void theMachineAsAWhole() {
        Entity node = HostFixture.machine(root).read().entities().get(0);

        assertThat(node.type()).isEqualTo(EntityType.NODE);
        assertThat(node.startMillis()).isEqualTo(1_700_000_000_000L);
        assertValues(
                node,
                Map.of(
                        CPU_USAGE, 1_630_000_000L,
                        CPU_LOAD, 520L,
                        UPTIME, 100_000L,
                        MEMORY_PAGE_FAULTS, 1_234L,
                        MEMORY_PSI_FULL, 789_000L));
        assertThat(node.samples().doubleOr(MEMORY_PSI_SOME_AVG10, -1)).isEqualTo(1.25);
        assertValues(
                node,
                Map.of(
                        MEMORY_USAGE, 700 * 1_024L,
                        MEMORY_WORKING_SET, 550 * 1_024L,
                        MEMORY_AVAILABLE, 450 * 1_024L,
                        MEMORY_RSS, 255 * 1_024L,
                        MEMORY_CACHE, 210 * 1_024L,
                        SWAP_USAGE, 10 * 1_024L));
    }

    @Test
    void onlyPhysicalInterfacesAreSummed() {
        Entity node = HostFixture.machine(root).read().entities().get(0);

        assertValues(node, Map.of(NETWORK_RX, 1_500L, NETWORK_TX_ERRORS, 3L));
    }

    @Test
    void wholeDisksThatWereUsedAndFileSystemsOncePerDevice() {
        Entity node = HostFixture.machine(root).read().entities().get(0);

        assertThat(node.resources())
                .extracting(resource -> resource.labels().get(LabelKey.RESOURCE_ID))
                .containsExactlyInAnyOrder("/dev/sda", "/", "/data");
        assertThat(node.resource(Labels.of(LabelKey.RESOURCE_ID, "/dev/sda")).longOr(DISK_IO_WRITE_BYTES, -1))
                .isEqualTo(512_000);
        ResourceSamples data = node.resources().stream()
                .filter(resource -> resource.labels().get(LabelKey.RESOURCE_ID).equals("/data"))
                .findFirst()
                .orElseThrow();
        assertThat(data.samples().longOr(FILESYSTEM_USAGE, -1))
                .isBetween(1L, data.samples().longOr(FILESYSTEM_LIMIT, -1));
    }

    @Test
    void controlGroupsOfTheUnifiedHierarchy() {
        HostFixture fixture = HostFixture.machine(root)
                .file("sys/fs/cgroup/cgroup.controllers", "cpu io memory\n")
                .file("sys/fs/cgroup/cpu.stat", "usage_usec 9000\n")
                .v2("sys/fs/cgroup/system.slice/ssh.service")
                .v2("sys/fs/cgroup/system.slice/docker-" + HostFixture.DOCKER_ID + ".scope");

        Reading reading = fixture.read();

        assertThat(container(reading, "/").samples().longOr(CPU_USAGE, -1)).isEqualTo(9_000_000);
        assertThat(container(reading, "docker/0123456789ab").type()).isEqualTo(EntityType.SYSTEM_CONTAINER);
        Entity ssh = container(reading, "system.slice/ssh.service");
        assertValues(
                ssh,
                Map.of(
                        CPU_USAGE, 5_000_000L,
                        MEMORY_USAGE, 9_000L,
                        MEMORY_WORKING_SET, 8_000L,
                        MEMORY_LIMIT, 10_000L,
                        MEMORY_AVAILABLE, 2_000L,
                        MEMORY_RSS, 4_005L,
                        MEMORY_PAGE_FAULTS, 77L,
                        SWAP_USAGE, 11L));
        assertThat(ssh.samples().doubleOr(CPU_PSI_SOME_AVG10, -1)).isEqualTo(2.5);
        assertThat(ssh.resource(Labels.of(LabelKey.RESOURCE_ID, "/dev/sda")).longOr(DISK_IO_READ_BYTES, -1))
                .isEqualTo(1_000);
        assertThat(ssh.startMillis()).isPositive();
    }

    @Test
    void controlGroupsOfHierarchiesByController() {
        Reading reading =
                HostFixture.machine(root).v1("docker/" + HostFixture.DOCKER_ID).read();

        Entity docker = container(reading, "docker/0123456789ab");
        assertValues(
                docker,
                Map.of(
                        CPU_USAGE, 6_000_000L,
                        MEMORY_USAGE, 9_000L,
                        MEMORY_WORKING_SET, 8_000L,
                        MEMORY_RSS, 4_000L,
                        MEMORY_CACHE, 3_000L,
                        MEMORY_PAGE_FAULTS, 77L));
        assertThat(docker.samples().has(MEMORY_LIMIT)).isFalse();
        assertThat(docker.resource(Labels.of(LabelKey.RESOURCE_ID, "/dev/sda")).longOr(DISK_IO_WRITE_BYTES, -1))
                .isEqualTo(2_000);
    }

    @Test
    void hybridHierarchiesCompleteEachOther() {
        Reading reading = HostFixture.machine(root)
                .v1("system.slice/a.service")
                .file("sys/fs/cgroup/unified/system.slice/a.service/cpu.stat", "usage_usec 1\n")
                .file("sys/fs/cgroup/unified/system.slice/b.service/cpu.stat", "usage_usec 2\n")
                .read();

        assertThat(container(reading, "system.slice/a.service").samples().longOr(CPU_USAGE, -1))
                .isEqualTo(6_000_000);
        assertThat(container(reading, "system.slice/b.service").samples().longOr(CPU_USAGE, -1))
                .isEqualTo(2_000);
    }

    @Test
    void moreControlGroupsThanTheLimitAreLeftOutWithAWarning() {
        HostFixture fixture = HostFixture.machine(root).file("sys/fs/cgroup/cgroup.controllers", "cpu\n");
        for (int i = 0; i < 150; i++) {
            fixture.file("sys/fs/cgroup/g" + i + "/cpu.stat", "usage_usec 1\n");
        }

        Reading reading = fixture.read();

        assertThat(reading.entities()).hasSizeLessThanOrEqualTo(101);
        assertThat(reading.warnings()).anyMatch(warning -> warning.startsWith("cgroups: "));
    }

    @Test
    void garbageInEveryFileCostsNoMoreThanItsFigures() {
        HostFixture fixture = HostFixture.machine(root).v1("x");
        for (String file : new String[] {"stat", "loadavg", "meminfo", "vmstat", "net/dev", "diskstats", "mounts"}) {
            fixture.file("proc/" + file, "\u0000 cpu\ncpu x\n eth0:\nbtime\nMemTotal: kB\n 8 0\n");
        }

        assertThat(container(fixture.read(), "x").sampleCount()).isPositive();
    }

    @Test
    void thisVeryMachine() {
        HostReader reader = new HostReader(
                new HostOptions("c", "here", Path.of("/"), 2_000),
                Labels.of(LabelKey.NODENAME, "here"),
                Clock.systemUTC());

        Reading reading = reader.read();

        Entity node = reading.entities().get(0);
        for (Metric metric : new Metric[] {CPU_USAGE, MEMORY_WORKING_SET, NETWORK_RX, UPTIME}) {
            assertThat(node.samples().longOr(metric, -1)).as(metric.name()).isPositive();
        }
        assertThat(node.resource(Labels.of(LabelKey.RESOURCE_ID, "/")).longOr(FILESYSTEM_USAGE, -1))
                .isPositive();
        assertThat(container(reading, "/").sampleCount()).isPositive();
        assertThat(reader.inventory().cpuCapacityMillis())
                .isEqualTo(1_000.0 * Runtime.getRuntime().availableProcessors());
    }
}
