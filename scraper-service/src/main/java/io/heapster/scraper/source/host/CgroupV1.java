package io.heapster.scraper.source.host;

import static io.heapster.contract.metric.Metrics.CPU_USAGE;
import static io.heapster.contract.metric.Metrics.DISK_IO_READ_BYTES;
import static io.heapster.contract.metric.Metrics.DISK_IO_WRITE_BYTES;
import static io.heapster.contract.metric.Metrics.MEMORY_CACHE;
import static io.heapster.contract.metric.Metrics.MEMORY_MAJOR_PAGE_FAULTS;
import static io.heapster.contract.metric.Metrics.MEMORY_PAGE_FAULTS;
import static io.heapster.contract.metric.Metrics.MEMORY_RSS;
import static io.heapster.contract.metric.Metrics.SWAP_USAGE;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.Samples;
import java.nio.file.Path;

/** What a control group of the hierarchies by controller tells. Figures include those of the groups below it. */
final class CgroupV1 {
    private final TextFile text;
    private final Disks disks;

    CgroupV1(TextFile text, Disks disks) {
        this.text = text;
        this.disks = disks;
    }

    void readCpu(Path group, Entity entity) {
        long nanos = CgroupMemory.number(text, group.resolve("cpuacct.usage"));
        if (nanos >= 0) {
            entity.samples().add(CPU_USAGE, nanos);
        }
    }

    void readMemory(Path group, Entity entity) {
        Samples samples = entity.samples();
        long usage = CgroupMemory.number(text, group.resolve("memory.usage_in_bytes"));
        long inactiveFile = 0;
        text.open(group.resolve("memory.stat"));
        while (text.nextLine()) {
            if (text.skip("total_rss ")) {
                samples.add(MEMORY_RSS, text.number());
            } else if (text.skip("total_cache ")) {
                samples.add(MEMORY_CACHE, text.number());
            } else if (text.skip("total_inactive_file ")) {
                inactiveFile = text.number();
            } else if (text.skip("total_pgfault ")) {
                samples.add(MEMORY_PAGE_FAULTS, text.number());
            } else if (text.skip("total_pgmajfault ")) {
                samples.add(MEMORY_MAJOR_PAGE_FAULTS, text.number());
            } else if (text.skip("total_swap ")) {
                samples.add(SWAP_USAGE, text.number());
            }
        }
        if (usage >= 0) {
            CgroupMemory.add(
                    samples, usage, inactiveFile, CgroupMemory.number(text, group.resolve("memory.limit_in_bytes")));
        }
    }

    void readIo(Path group, Entity entity) {
        if (text.open(group.resolve("blkio.throttle.io_service_bytes_recursive"))
                || text.open(group.resolve("blkio.throttle.io_service_bytes"))) {
            readServiceBytes(entity);
        }
    }

    /** Lines such as {@code 8:0 Read 4096}, of each disk several. */
    private void readServiceBytes(Entity entity) {
        while (text.nextLine()) {
            String number = text.word();
            if (text.skip(" Read ")) {
                entity.resource(disks.labels(number)).set(DISK_IO_READ_BYTES, text.number());
            } else if (text.skip(" Write ")) {
                entity.resource(disks.labels(number)).set(DISK_IO_WRITE_BYTES, text.number());
            }
        }
    }
}
