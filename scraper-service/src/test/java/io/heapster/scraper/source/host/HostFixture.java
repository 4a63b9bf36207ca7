package io.heapster.scraper.source.host;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.scraper.source.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** The files of a machine, laid out below a directory. */
final class HostFixture {
    static final long NOW = 1_700_000_100_000L;
    static final String DOCKER_ID = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    static final String CRI_ID = "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210";

    final Path root;

    private HostFixture(Path root) {
        this.root = root;
    }

    static HostFixture machine(Path root) {
        HostFixture fixture = new HostFixture(root);
        fixture.file("proc/stat", """
                cpu  100 20 30 4000 50 6 7 8 0 0
                cpu0 50 10 15 2000 25 3 3 4 0 0
                cpu1 50 10 15 2000 25 3 4 4 0 0
                intr 1
                btime 1700000000
                """);
        fixture.file("proc/loadavg", "0.52 0.40 0.30 1/234 5678\n");
        fixture.file("proc/meminfo", """
                MemTotal:        1000 kB
                MemFree:          300 kB
                MemAvailable:     500 kB
                Buffers:           10 kB
                Cached:           200 kB
                SwapCached:         5 kB
                Active(file):     100 kB
                Inactive(file):   150 kB
                AnonPages:        250 kB
                SwapTotal:        400 kB
                SwapFree:         390 kB
                """);
        fixture.file("proc/vmstat", "nr_free 1\npgfault 1234\npgmajfault 56\n");
        fixture.file("proc/net/dev", """
                Inter-|   Receive                                                |  Transmit
                 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                    lo:  999     9    9    0    0     0          0         0   999     9    9    0    0     0       0          0
                  eth0:1000   10    1    0    0     0          0         0    2000    20    2    0    0     0       0          0
                  eth1: 500    5    0    0    0     0          0         0     700     7    1    0    0     0       0          0
                docker0: 77    7    7    0    0     0          0         0      77     7    7    0    0     0       0          0
                """);
        fixture.file("sys/class/net/eth0/device/vendor", "x\n");
        fixture.file("sys/class/net/eth1/device/vendor", "x\n");
        fixture.file("sys/class/net/docker0/mtu", "1500\n");
        fixture.file("proc/diskstats", """
                   7       0 loop0 10 0 20 0 0 0 0 0 0 0 0
                   8       0 sda 100 0 2000 10 50 0 1000 20 0 30 30
                   8       1 sda1 100 0 2000 10 50 0 1000 20 0 30 30
                   8      16 sdb 0 0 0 0 0 0 0 0 0 0 0
                """);
        fixture.file("sys/block/sda/size", "1\n");
        fixture.file("sys/block/sdb/size", "1\n");
        fixture.file("proc/mounts", """
                /dev/sda1 / ext4 rw 0 0
                proc /proc proc rw 0 0
                /dev/sdb1 /data ext4 rw 0 0
                /dev/sdb1 /data/again ext4 rw 0 0
                server:/x /nfs nfs4 rw 0 0
                """);
        fixture.file("data/file", "x");
        fixture.file("proc/pressure/memory", """
                some avg10=1.25 avg60=0.50 avg300=0.10 total=123456
                full avg10=0.00 avg60=0.00 avg300=0.00 total=789
                """);
        return fixture;
    }

    /** A group of the unified hierarchy. */
    HostFixture v2(String group) {
        file(group + "/cpu.stat", "usage_usec 5000\nuser_usec 3000\n");
        file(group + "/memory.current", "9000\n");
        file(group + "/memory.max", "10000\n");
        file(group + "/memory.swap.current", "11\n");
        file(
                group + "/memory.stat",
                "anon 4000\nfile 3000\ninactive_file 1000\nswapcached 5\npgfault 77\npgmajfault 3\n");
        file(group + "/io.stat", "8:0 rbytes=1000 wbytes=2000 rios=1 wios=2 dbytes=0 dios=0\n");
        file(group + "/cpu.pressure", "some avg10=2.50 avg60=0.00 avg300=0.00 total=100\n");
        return this;
    }

    /** A group of the hierarchies by controller. */
    HostFixture v1(String group) {
        String cgroup = "sys/fs/cgroup/";
        file(cgroup + "cpu,cpuacct/" + group + "/cpuacct.usage", "6000000\n");
        file(cgroup + "memory/" + group + "/memory.usage_in_bytes", "9000\n");
        file(cgroup + "memory/" + group + "/memory.limit_in_bytes", "9223372036854771712\n");
        file(cgroup + "memory/" + group + "/memory.stat", """
                        rss 1
                        total_cache 3000
                        total_rss 4000
                        total_swap 11
                        total_pgfault 77
                        total_pgmajfault 3
                        total_inactive_file 1000
                        """);
        file(
                cgroup + "blkio/" + group + "/blkio.throttle.io_service_bytes",
                "8:0 Read 1000\n8:0 Write 2000\n8:0 Sync 1\n8:0 Total 3000\nTotal 3000\n");
        return this;
    }

    HostFixture file(String path, String content) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Reading read() {
        return new HostReader(
                        new HostOptions("c", "box", root, 100),
                        Labels.of(LabelKey.NODENAME, "box"),
                        Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC))
                .read();
    }

    static Entity container(Reading reading, String name) {
        return reading.entities().stream()
                .filter(entity -> entity.label(LabelKey.CONTAINER_NAME).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + reading.entities()));
    }
}
