package io.heapster.benchmark.scale;

import io.heapster.benchmark.scale.Arrivals.Tick;
import io.heapster.kafka.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Prints what the scraper service costs with a whole cluster: a real broker, a simulated cluster and the service as
 * built, each a process of its own. Then, when asked for, what hanging nodes do to the others, or what is missed when
 * one of several replicas is killed. See docs/performance.md.
 */
public final class ScraperAtScale {
    private static final double MIB = 1 << 20;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(4);

    private final ScrapeOptions options;
    private final Path directory;
    private final String bootstrapServers;
    private final ChildProcess cluster;
    private final String source;
    private final Arrivals arrivals;
    private final List<ServiceProcess> scrapers = new ArrayList<>();

    private ScraperAtScale(
            ScrapeOptions options, Path directory, String bootstrapServers, ChildProcess cluster, Arrivals arrivals)
            throws IOException {
        this.options = options;
        this.directory = directory;
        this.bootstrapServers = bootstrapServers;
        this.cluster = cluster;
        this.arrivals = arrivals;
        this.source = "kubernetes.summary_api:?inClusterConfig=false&auth=" + cluster.await("kubeconfig")
                + (options.tls() ? "&kubeletServerName=kubelet.simulated" : "&kubeletHttps=false");
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        ScrapeOptions options = ScrapeOptions.parse(List.of(args));
        Path directory = Files.createTempDirectory("scraper-at-scale");
        System.out.printf(
                "%d nodes of %d pods, ticks of %d s, %s, documents %s pressure; logs in %s; load of the machine %s%n",
                options.nodes(),
                options.pods(),
                options.resolutionSeconds(),
                options.tls() ? "TLS" : "plain HTTP",
                options.pressure() ? "with" : "without",
                directory,
                machineLoad());
        try (ChildProcess kafka = ChildProcess.start(
                options.rest(),
                EmbeddedKafka.class,
                directory.resolve("kafka.log"),
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m"),
                List.of(directory.resolve("kafka").toString(), "0"))) {
            String bootstrapServers = "127.0.0.1:" + kafka.await("127.0.0.1:");
            List<String> arguments = new ArrayList<>(List.of(directory.toString()));
            arguments.addAll(List.of(args));
            int heap = 512 + options.nodes() * options.pods() / 60;
            try (ChildProcess cluster = ChildProcess.start(
                            options.rest(),
                            ClusterToScrape.class,
                            directory.resolve("cluster.log"),
                            List.of("-XX:+UseSerialGC", "-Xmx" + heap + "m"),
                            arguments);
                    Arrivals arrivals = new Arrivals(bootstrapServers, options.nodes())) {
                new ScraperAtScale(options, directory, bootstrapServers, cluster, arrivals).run();
            }
        } finally {
            delete(directory.resolve("kafka"));
            System.out.printf("load of the machine %s%n", machineLoad());
        }
    }

    private void run() throws IOException, InterruptedException {
        System.out.printf("scraper: %s%n", options.program());
        try {
            for (int replica = 0; replica < options.replicas(); replica++) {
                scrapers.add(serving(
                        "scraper-" + replica,
                        replica == 0 ? options.program() : options.program().unrecorded()));
            }
            begin();
            List<Tick> healthy = measure();
            memory();
            if (options.hanging() > 0) {
                hang(healthy);
            }
            if (options.replicas() > 1) {
                killOneAndAddOne();
            }
            cluster.order("asked");
            System.out.printf("the cluster was asked for %s%n", cluster.await("asked"));
            System.out.printf(
                    "  cluster: %s resident, CPU %.1f s%n",
                    mebibytes(cluster.figures().residentBytes()),
                    cluster.figures().cpuSeconds());
        } finally {
            scrapers.forEach(ServiceProcess::close);
        }
    }

    private ServiceProcess serving(String name, MeasuredProgram program) throws IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put("kafka.bootstrap.servers", bootstrapServers);
        settings.put("heapster.metric-resolution", options.resolutionSeconds() + "s");
        settings.put("heapster.scraper.sources[0]", source);
        settings.putAll(options.settings());
        return ServiceProcess.serving(name, directory, "scraper-service", program, settings);
    }

    /** Until a tick is complete, and then as many as the just-in-time compiler is given. */
    private void begin() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        long tick = System.currentTimeMillis() / options.resolutionMillis() * options.resolutionMillis();
        while (arrivals.tick(tick).good() < options.nodes()) {
            if (System.nanoTime() - begun > PATIENCE_NANOS) {
                throw new IOException("no tick was complete within 4 minutes: see " + directory);
            }
            Thread.sleep(200);
            if (System.currentTimeMillis() > tick + 2 * options.resolutionMillis()) {
                tick += options.resolutionMillis();
            }
        }
        System.out.printf("a first complete tick after %.1f s%n", (System.nanoTime() - begun) / 1e9);
        for (int i = 0; i < scrapers.size(); i++) {
            ProcessFigures at = scrapers.get(i).figures();
            System.out.printf(
                    "  scraper %d: %.1f s CPU (%s), %s resident; GC: %s%n",
                    i,
                    at.cpuSeconds(),
                    at.cpuSince(ProcessFigures.NONE),
                    mebibytes(at.residentBytes()),
                    scrapers.get(i).collections().sinceLast());
        }
        awaitTicks(options.warmTicks());
    }

    /** Waits for so many whole ticks and returns them; stands at the begin of a tick then. */
    private List<Tick> awaitTicks(int count) throws InterruptedException {
        long first = nextTick();
        sleepUntil(first + count * options.resolutionMillis());
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ticks.add(arrivals.tick(first + i * options.resolutionMillis()));
        }
        return ticks;
    }

    private long nextTick() {
        return (System.currentTimeMillis() / options.resolutionMillis() + 1) * options.resolutionMillis();
    }

    private static void sleepUntil(long millis) throws InterruptedException {
        for (long left = millis - System.currentTimeMillis(); left > 0; left = millis - System.currentTimeMillis()) {
            Thread.sleep(left);
        }
    }

    /** What whole ticks cost. */
    private List<Tick> measure() throws IOException, InterruptedException {
        sleepUntil(nextTick());
        List<ProcessFigures> before =
                scrapers.stream().map(ServiceProcess::figures).toList();
        double allocated = allocated();
        ProcessFigures clusterBefore = cluster.figures();
        long records = arrivals.records();
        long samples = arrivals.samples();
        long bytes = arrivals.bytes();
        long begun = System.nanoTime();
        long first = System.currentTimeMillis() / options.resolutionMillis() * options.resolutionMillis();
        sleepUntil(first + options.ticks() * options.resolutionMillis());
        double seconds = (System.nanoTime() - begun) / 1e9;
        double nodes = arrivals.records() - records;
        List<Tick> ticks = IntStream.range(0, options.ticks())
                .mapToObj(i -> arrivals.tick(first + i * options.resolutionMillis()))
                .toList();
        System.out.printf(
                "%d ticks: %s of %d nodes answered; %.0f samples and %.0f B (not compressed) a node%n",
                options.ticks(),
                ticks.stream().map(tick -> Integer.toString(tick.good())).collect(Collectors.joining(", ")),
                options.nodes(),
                (arrivals.samples() - samples) / nodes,
                (arrivals.bytes() - bytes) / nodes);
        double cpu = 0;
        for (int i = 0; i < scrapers.size(); i++) {
            ProcessFigures after = scrapers.get(i).figures();
            cpu += after.cpuNanos() - before.get(i).cpuNanos();
            System.out.printf(
                    "  scraper %d: %.1f %% of a core; %s; %s resident; GC: %s%n",
                    i,
                    (after.cpuNanos() - before.get(i).cpuNanos()) / seconds / 1e7,
                    after.cpuSince(before.get(i)),
                    mebibytes(after.residentBytes()),
                    scrapers.get(i).collections().sinceLast());
        }
        System.out.printf(
                "  CPU of the scrapers: %.3f ms a node, %.0f ns a sample; allocated %.0f KB a node%n",
                cpu / nodes / 1e6, cpu / (arrivals.samples() - samples), (allocated() - allocated) / nodes / 1e3);
        System.out.printf(
                "  CPU of the cluster: %.3f ms a node%n",
                (cluster.figures().cpuNanos() - clusterBefore.cpuNanos()) / nodes / 1e6);
        if (arrivals.repeated() > 0) {
            System.out.printf("  %d records came twice%n", arrivals.repeated());
        }
        return ticks;
    }

    private double allocated() throws IOException {
        double sum = 0;
        for (ServiceProcess scraper : scrapers) {
            sum += scraper.metric("jvm_gc_memory_allocated_bytes_total");
        }
        return sum;
    }

    private void memory() throws IOException, InterruptedException {
        double pods = (double) options.nodes() * options.pods();
        for (int i = 0; i < scrapers.size(); i++) {
            ServiceProcess scraper = scrapers.get(i);
            long resident = scraper.figures().residentBytes();
            scraper.collect();
            int live = scraper.collections().afterLastFull();
            System.out.printf(
                    "  scraper %d: resident %s, %.0f B a pod; live heap %d MiB, %.0f B a pod%n",
                    i, mebibytes(resident), resident / pods, live, live * MIB / pods);
            scraper.collections().sinceLast();
        }
    }

    /** What nodes that hang do to the others. */
    private void hang(List<Tick> healthyTicks) throws IOException, InterruptedException {
        cluster.order("hang " + options.hanging());
        Set<Integer> hanging = Stream.of(cluster.await("hang").split(" ", -1))
                .map(Arrivals::number)
                .collect(Collectors.toCollection(TreeSet::new));
        List<Integer> healthy = IntStream.range(0, options.nodes())
                .filter(node -> !hanging.contains(node))
                .boxed()
                .toList();
        awaitTicks(1);
        List<ProcessFigures> before =
                scrapers.stream().map(ServiceProcess::figures).toList();
        List<Tick> ticks = awaitTicks(options.ticks());
        // Records of nodes that hang come after their time-out, in the tick's own time.
        System.out.printf(
                "with %d nodes hanging, %d ticks: %s of %d healthy nodes answered, %s records in all%n",
                hanging.size(),
                ticks.size(),
                ticks.stream().map(tick -> Integer.toString(tick.good())).collect(Collectors.joining(", ")),
                healthy.size(),
                ticks.stream().map(tick -> Integer.toString(tick.records())).collect(Collectors.joining(", ")));
        System.out.printf("  healthy nodes, delay after the tick's start without: %s%n", spread(healthyTicks, healthy));
        System.out.printf("  healthy nodes, delay after the tick's start with:    %s%n", spread(ticks, healthy));
        System.out.printf(
                "  a node's mean delay with, less its mean without: %s%n", differences(healthyTicks, ticks, healthy));
        double cpu = 0;
        for (int i = 0; i < scrapers.size(); i++) {
            cpu += scrapers.get(i).figures().cpuNanos() - before.get(i).cpuNanos();
        }
        System.out.printf(
                "  CPU of the scrapers: %.1f %% of a core%n",
                cpu / 1e7 / options.resolutionSeconds() / (options.ticks() + 1.0));
    }

    private static String spread(List<Tick> ticks, List<Integer> nodes) {
        return percentiles(Arrivals.delays(ticks, nodes));
    }

    private static String differences(List<Tick> before, List<Tick> after, List<Integer> nodes) {
        return percentiles(nodes.stream()
                .mapToLong(node -> mean(after, node) - mean(before, node))
                .sorted()
                .toArray());
    }

    private static long mean(List<Tick> ticks, int node) {
        return Math.round(ticks.stream()
                .mapToLong(tick -> tick.delay(node))
                .filter(delay -> delay >= 0)
                .average()
                .orElse(0));
    }

    private static String percentiles(long[] sorted) {
        if (sorted.length == 0) {
            return "none";
        }
        return String.format(
                "min %d, p1 %d, p50 %d, p90 %d, p99 %d, p99.9 %d, max %d ms",
                sorted[0],
                at(sorted, 0.01),
                at(sorted, 0.5),
                at(sorted, 0.9),
                at(sorted, 0.99),
                at(sorted, 0.999),
                sorted[sorted.length - 1]);
    }

    private static long at(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))];
    }

    /** In the middle of a tick one goes without a word; some ticks later one is added. */
    private void killOneAndAddOne() throws IOException, InterruptedException {
        long killTick = nextTick() + options.resolutionMillis();
        sleepUntil(killTick + options.resolutionMillis() / 2);
        long killedAt = System.currentTimeMillis();
        ServiceProcess killed = scrapers.remove(0);
        double owned = killed.metric("heapster_owned_partitions");
        killed.kill();
        System.out.printf(
                "killed (SIGKILL) one of %d, %.0f partitions, in the middle of tick 0%n", options.replicas(), owned);
        sleepUntil(killTick + 4 * options.resolutionMillis());
        report("kill", killTick, 4, killedAt);
        long addTick = nextTick();
        sleepUntil(addTick + options.resolutionMillis() / 2);
        long addedAt = System.currentTimeMillis();
        scrapers.add(serving("scraper-added", options.program().unrecorded()));
        System.out.printf("added one in the middle of tick 0%n");
        sleepUntil(addTick + 4 * options.resolutionMillis());
        report("addition", addTick, 4, addedAt);
        for (int i = 0; i < scrapers.size(); i++) {
            System.out.printf(
                    "  scraper %d: %.0f partitions, %s resident%n",
                    i,
                    scrapers.get(i).metric("heapster_owned_partitions"),
                    mebibytes(scrapers.get(i).figures().residentBytes()));
        }
    }

    private void report(String what, long firstTick, int count, long at) {
        for (int i = 0; i < count; i++) {
            Tick tick = arrivals.tick(firstTick + i * options.resolutionMillis());
            System.out.printf(
                    "  tick %d: %d of %d nodes answered, %d records%n",
                    i, tick.good(), options.nodes(), tick.records());
        }
        long[] usual = new long[options.nodes()];
        long[] around = new long[options.nodes()];
        for (int node = 0; node < options.nodes(); node++) {
            long[] times = arrivals.of(node);
            for (int i = 1; i < times.length; i++) {
                long gap = times[i] - times[i - 1];
                if (times[i] <= at) {
                    usual[node] = Math.max(usual[node], gap);
                } else {
                    around[node] = Math.max(around[node], gap);
                }
            }
        }
        Arrays.sort(usual);
        Arrays.sort(around);
        System.out.printf("  longest time between two records of a node before: %s%n", percentiles(usual));
        System.out.printf("  longest time between two records of a node over the %s: %s%n", what, percentiles(around));
        System.out.printf("  %d records came twice%n", arrivals.repeated());
    }

    private static String mebibytes(long bytes) {
        return String.format("%.0f MiB", bytes / MIB);
    }

    private static String machineLoad() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
