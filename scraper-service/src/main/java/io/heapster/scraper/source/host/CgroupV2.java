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

/** What a control group of the unified hierarchy tells. */
final class CgroupV2 {
    private static final long NANOS_PER_MICRO = 1_000;

    private final TextFile text;
    private final Disks disks;

    CgroupV2(TextFile text, Disks disks) {
        this.text = text;
        this.disks = disks;
    }

    void readCpu(Path group, Entity entity) {
        text.open(group.resolve("cpu.stat"));
        while (text.nextLine()) {
            if (text.skip("usage_usec ")) {
                entity.samples().add(CPU_USAGE, text.number() * NANOS_PER_MICRO);
            }
        }
    }

    void readMemory(Path group, Entity entity) {
        Samples samples = entity.samples();
        long usage = CgroupMemory.number(text, group.resolve("memory.current"));
        long inactiveFile = 0;
        long rss = -1;
        text.open(group.resolve("memory.stat"));
        while (text.nextLine()) {
            if (text.skip("anon ")) {
                rss = Math.max(rss, 0) + text.number();
            } else if (text.skip("swapcached ")) {
                rss = Math.max(rss, 0) + text.number();
            } else if (text.skip("file ")) {
                samples.add(MEMORY_CACHE, text.number());
            } else if (text.skip("inactive_file ")) {
                inactiveFile = text.number();
            } else if (text.skip("pgfault ")) {
                samples.add(MEMORY_PAGE_FAULTS, text.number());
            } else if (text.skip("pgmajfault ")) {
                samples.add(MEMORY_MAJOR_PAGE_FAULTS, text.number());
            }
        }
        if (rss >= 0) {
            samples.add(MEMORY_RSS, rss);
        }
        if (usage >= 0) {
            CgroupMemory.add(samples, usage, inactiveFile, CgroupMemory.number(text, group.resolve("memory.max")));
        }
        long swap = CgroupMemory.number(text, group.resolve("memory.swap.current"));
        if (swap >= 0) {
            samples.add(SWAP_USAGE, swap);
        }
    }

    /** Lines such as {@code 8:0 rbytes=1 wbytes=2 rios=3 …}. */
    void readIo(Path group, Entity entity) {
        text.open(group.resolve("io.stat"));
        while (text.nextLine()) {
            String number = text.word();
            if (text.skip(" rbytes=")) {
                long read = text.number();
                if (text.skip(" wbytes=")) {
                    Samples samples = entity.resource(disks.labels(number));
                    samples.add(DISK_IO_READ_BYTES, read);
                    samples.add(DISK_IO_WRITE_BYTES, text.number());
                }
            }
        }
    }

    void readPressure(Path group, Entity entity) {
        Pressure.read(text, group, ".pressure", entity.samples());
    }
}
