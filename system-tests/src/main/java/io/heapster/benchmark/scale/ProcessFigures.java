package io.heapster.benchmark.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the kernel knows of a process at one moment.
 *
 * @param cpuNanos all its threads, ended ones included
 * @param cpuNanosOf by what the threads do; those that have ended are not in it
 * @param residentBytes VmRSS
 */
record ProcessFigures(long cpuNanos, Map<Work, Long> cpuNanosOf, long residentBytes) {
    private static final long TICK_NANOS = 10_000_000;

    /** What a thread of a service is there for, by its name, of which the kernel knows 15 letters. */
    enum Work {
        INGEST("log-reader.*"),
        POLL("sink-influxdb"),
        WRITE("sink-influxdb-.*"),
        CLIENT("HttpClient.*"),
        SCHEDULE("scrape-schedule"),
        DERIVE("derive"),
        PUBLISH("(samples-publish|kafka-producer).*"),
        OWN("(partition-owner|consumer_backgr).*"),
        DISCOVER("heapster-.*"),
        HTTP("(vert\\.x-|executor-thre).*"),
        COLLECTOR("(VM Thread|GC Thread|G1 |Shenandoah).*"),
        COMPILER("(C1 Compiler|C2 Compiler|Sweeper).*"),
        OTHER(".*");

        private final Pattern names;

        Work(String names) {
            this.names = Pattern.compile(names);
        }

        private static Work of(String thread) {
            for (Work work : values()) {
                if (work.names.matcher(thread).matches()) {
                    return work;
                }
            }
            return OTHER;
        }
    }

    /** Of a process that has not begun. */
    static final ProcessFigures NONE = new ProcessFigures(0, Map.of(), 0);

    static ProcessFigures of(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            String stat = Files.readString(process.resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            return new ProcessFigures(ticks * TICK_NANOS, threads(process.resolve("task")), resident(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<Work, Long> threads(Path tasks) throws IOException {
        Map<Work, Long> nanos = new EnumMap<>(Work.class);
        List<Path> threads;
        try (Stream<Path> listed = Files.list(tasks)) {
            threads = listed.toList();
        }
        for (Path thread : threads) {
            Path schedule = thread.resolve("schedstat");
            // One that has ended since they were listed is left out.
            if (Files.exists(schedule)) {
                Work work = Work.of(Files.readString(thread.resolve("comm")).trim());
                String onCpu = Files.readString(schedule).split(" ", -1)[0];
                nanos.merge(work, Long.parseLong(onCpu), Long::sum);
            }
        }
        return nanos;
    }

    private static long resident(Path process) throws IOException {
        for (String line : Files.readAllLines(process.resolve("status"))) {
            if (line.startsWith("VmRSS:")) {
                return 1_024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException(process + " has no VmRSS");
    }

    double cpuSeconds() {
        return cpuNanos / 1e9;
    }

    /** CPU time since an earlier moment. */
    long cpuNanosSince(ProcessFigures earlier, Work work) {
        return cpuNanosOf.getOrDefault(work, 0L) - earlier.cpuNanosOf.getOrDefault(work, 0L);
    }

    /** CPU time since an earlier moment by what it was for. */
    String cpuSince(ProcessFigures earlier) {
        List<String> parts = new ArrayList<>();
        for (Work work : Work.values()) {
            String name = work.name().toLowerCase(Locale.ROOT);
            long nanos = cpuNanosSince(earlier, work);
            if (nanos > 0) {
                parts.add(String.format("%s %.1f s", name, nanos / 1e9));
            }
        }
        return String.join(", ", parts);
    }
}
