package io.heapster.scraper.source.host;

import static io.heapster.contract.metric.Metrics.CPU_LOAD;
import static io.heapster.contract.metric.Metrics.CPU_USAGE;
import static io.heapster.contract.metric.Metrics.MEMORY_AVAILABLE;
import static io.heapster.contract.metric.Metrics.MEMORY_CACHE;
import static io.heapster.contract.metric.Metrics.MEMORY_MAJOR_PAGE_FAULTS;
import static io.heapster.contract.metric.Metrics.MEMORY_PAGE_FAULTS;
import static io.heapster.contract.metric.Metrics.MEMORY_RSS;
import static io.heapster.contract.metric.Metrics.MEMORY_USAGE;
import static io.heapster.contract.metric.Metrics.MEMORY_WORKING_SET;
import static io.heapster.contract.metric.Metrics.SWAP_AVAILABLE;
import static io.heapster.contract.metric.Metrics.SWAP_USAGE;
import static io.heapster.contract.metric.Metrics.UPTIME;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.Samples;
import java.nio.file.Path;

/**
 * The machine as a whole, from {@code /proc}: processor, memory, swap, page faults, load and when it was booted.
 *
 * <p>Memory follows the kubelet's words: usage is all that is not free, page cache included; the working set leaves out
 * the cache of files that are not active; rss is anonymous memory and swap cache.
 */
final class Machine {
    /** The kernel tells processor time to user space in hundredths of a second, on every architecture. */
    private static final long NANOS_PER_CLOCK_TICK = 10_000_000;

    private static final long BYTES_PER_KIBIBYTE = 1_024;

    private final Path proc;
    private final TextFile text;
    private long processors;
    private long memoryBytes;

    Machine(Path proc, TextFile text) {
        this.proc = proc;
        this.text = text;
    }

    /** Processors online, as of the last reading. */
    long processors() {
        return processors;
    }

    /** Memory that there is, as of the last reading. */
    long memoryBytes() {
        return memoryBytes;
    }

    /** Fills the node's entity, whose measuring time is set. */
    void read(Entity node) {
        Samples samples = node.samples();
        readStat(node);
        if (node.startMillis() > 0) {
            samples.add(UPTIME, Math.max(0, node.measuredMillis() - node.startMillis()));
        }
        readLoad(samples);
        readMemory(samples);
        readPageFaults(samples);
        Pressure.read(text, proc.resolve("pressure"), "", samples);
    }

    private void readStat(Entity node) {
        text.open(proc.resolve("stat"));
        int online = 0;
        while (text.nextLine()) {
            if (text.skip("cpu ")) {
                long user = text.number();
                long nice = text.number();
                long system = text.number();
                var unusedIdle = text.number();
                var unusedWaiting = text.number();
                long interrupts = Math.max(0, text.number());
                long softInterrupts = Math.max(0, text.number());
                if (user >= 0 && nice >= 0 && system >= 0) {
                    node.samples()
                            .add(
                                    CPU_USAGE,
                                    (user + nice + system + interrupts + softInterrupts) * NANOS_PER_CLOCK_TICK);
                }
            } else if (text.skip("cpu")) {
                online++;
            } else if (text.skip("btime ")) {
                node.started(Math.max(0, 1_000 * text.number()));
            }
        }
        processors = online;
    }

    private void readLoad(Samples samples) {
        if (text.open(proc.resolve("loadavg")) && text.nextLine()) {
            long load = text.thousandths();
            if (load >= 0) {
                samples.add(CPU_LOAD, load);
            }
        }
    }

    private void readMemory(Samples samples) {
        long total = -1;
        long free = -1;
        long inactiveFile = 0;
        long anonymous = -1;
        long swapCached = 0;
        long cached = -1;
        long buffers = 0;
        long swapTotal = -1;
        long swapFree = -1;
        text.open(proc.resolve("meminfo"));
        while (text.nextLine()) {
            if (text.skip("MemTotal:")) {
                total = bytes();
            } else if (text.skip("MemFree:")) {
                free = bytes();
            } else if (text.skip("Inactive(file):")) {
                inactiveFile = bytes();
            } else if (text.skip("AnonPages:")) {
                anonymous = bytes();
            } else if (text.skip("SwapCached:")) {
                swapCached = bytes();
            } else if (text.skip("Cached:")) {
                cached = bytes();
            } else if (text.skip("Buffers:")) {
                buffers = bytes();
            } else if (text.skip("SwapTotal:")) {
                swapTotal = bytes();
            } else if (text.skip("SwapFree:")) {
                swapFree = bytes();
            }
        }
        if (total >= 0 && free >= 0) {
            memoryBytes = total;
            long usage = total - free;
            long workingSet = Math.max(0, usage - inactiveFile);
            samples.add(MEMORY_USAGE, usage);
            samples.add(MEMORY_WORKING_SET, workingSet);
            samples.add(MEMORY_AVAILABLE, total - workingSet);
        }
        if (anonymous >= 0) {
            samples.add(MEMORY_RSS, anonymous + swapCached);
        }
        if (cached >= 0) {
            samples.add(MEMORY_CACHE, cached + buffers);
        }
        if (swapTotal >= 0 && swapFree >= 0) {
            samples.add(SWAP_USAGE, swapTotal - swapFree);
            samples.add(SWAP_AVAILABLE, swapFree);
        }
    }

    private long bytes() {
        return text.number() * BYTES_PER_KIBIBYTE;
    }

    private void readPageFaults(Samples samples) {
        text.open(proc.resolve("vmstat"));
        while (text.nextLine()) {
            if (text.skip("pgfault ")) {
                samples.add(MEMORY_PAGE_FAULTS, text.number());
            } else if (text.skip("pgmajfault ")) {
                samples.add(MEMORY_MAJOR_PAGE_FAULTS, text.number());
            }
        }
    }
}
