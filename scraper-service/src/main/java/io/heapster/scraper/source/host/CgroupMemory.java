package io.heapster.scraper.source.host;

import static io.heapster.contract.metric.Metrics.MEMORY_AVAILABLE;
import static io.heapster.contract.metric.Metrics.MEMORY_LIMIT;
import static io.heapster.contract.metric.Metrics.MEMORY_USAGE;
import static io.heapster.contract.metric.Metrics.MEMORY_WORKING_SET;

import io.heapster.contract.sample.Samples;
import java.nio.file.Path;

/** What both generations of control groups have in common about memory. */
final class CgroupMemory {
    /** Old kernels write such a number where there is no limit. */
    private static final long NO_LIMIT_FROM = 1L << 62;

    private CgroupMemory() {}

    /** The number that is all a file holds; −1 without the file, or when it holds a word such as {@code max}. */
    static long number(TextFile text, Path file) {
        return text.open(file) && text.nextLine() ? text.number() : -1;
    }

    /** @param limit −1 when there is none */
    static void add(Samples samples, long usage, long inactiveFile, long limit) {
        long workingSet = Math.max(0, usage - inactiveFile);
        samples.add(MEMORY_USAGE, usage);
        samples.add(MEMORY_WORKING_SET, workingSet);
        if (limit >= 0 && limit < NO_LIMIT_FROM) {
            samples.add(MEMORY_LIMIT, limit);
            samples.add(MEMORY_AVAILABLE, Math.max(0, limit - workingSet));
        }
    }
}
