package io.heapster.benchmark.scale;

import io.heapster.kafka.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Prints what the model service costs and how it answers at the size of a whole cluster: a real broker, a generated
 * cluster that writes into it and the service as built, each a process of its own. See docs/performance.md.
 */
public final class ModelAtScale {
    private static final Pattern POINT =
            Pattern.compile("\"timestamp\":\\s*\"([^\"]+)\",\\s*\"value\":\\s*([0-9.eE+-]+)");
    private static final int COMPARED_SERIES = 200;
    private static final long SAMPLER_PAUSE_MILLIS = 5;
    private static final double MIB = 1 << 20;

    private final ScaleOptions options;
    private final Path directory;
    private final String bootstrapServers;
    private final ChildProcess kafka;
    private final ChildProcess load;

    private ModelAtScale(
            ScaleOptions options, Path directory, String bootstrapServers, ChildProcess kafka, ChildProcess load) {
        this.options = options;
        this.directory = directory;
        this.bootstrapServers = bootstrapServers;
        this.kafka = kafka;
        this.load = load;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        ScaleOptions options = ScaleOptions.parse(List.of(args));
        Path directory = Files.createTempDirectory("model-at-scale");
        System.out.printf(
                "%d nodes of %d pods, %d s of %d s ticks; data and logs in %s; load of the machine %s%n",
                options.nodes(),
                options.pods(),
                options.windowSeconds(),
                options.resolutionSeconds(),
                directory,
                machineLoad());
        try (ChildProcess kafka = ChildProcess.start(
                EmbeddedKafka.class,
                directory.resolve("kafka.log"),
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m"),
                List.of(directory.resolve("kafka").toString(), "0"))) {
            String bootstrapServers = "127.0.0.1:" + kafka.await("127.0.0.1:");
            List<String> arguments = new ArrayList<>(List.of(bootstrapServers));
            arguments.addAll(List.of(args));
            int heap = 512 + options.nodes() * options.pods() / 50;
            try (ChildProcess load = ChildProcess.start(
                    ClusterLoad.class,
                    directory.resolve("load.log"),
                    List.of("-XX:+UseParallelGC", "-XX:ParallelGCThreads=2", "-Xmx" + heap + "m"),
                    arguments)) {
                new ModelAtScale(options, directory, bootstrapServers, kafka, load).run();
            }
        } finally {
            delete(directory.resolve("kafka"));
            System.out.printf("load of the machine %s%n", machineLoad());
        }
    }

    private void run() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        String[] written = load.await("live").split(" ", -1);
        double plain = Double.parseDouble(written[2]) / Double.parseDouble(written[1]);
        double stored = size(directory.resolve("kafka")) / Double.parseDouble(written[1]);
        System.out.printf(
                "log: %s records, %s samples, %.2f B a sample plain, %.2f B stored, written in %.0f s%n",
                written[0], written[1], plain, stored, (System.nanoTime() - begun) / 1e9);
        bindOthers();
        System.out.printf(
                "model: %s; all else has cores %s%n",
                options.program(), options.others().isEmpty() ? "all" : options.others());
        Map<String, Map<String, String>> before;
        try (ServiceProcess model = serving("model", options.program())) {
            start(model);
            settle(model);
            steady(model);
            Questions questions = new Questions(model);
            queries(model, questions);
            replay(model, questions);
            resident("at the end", model);
            if (!options.kill()) {
                return;
            }
            before = history(model, questions.seriesPaths().subList(0, COMPARED_SERIES));
            model.kill();
        }
        try (ServiceProcess model = serving("model-again", options.program().unrecorded())) {
            System.out.printf("killed (SIGKILL) under load and started again%n");
            start(model);
            compare(before, model);
        }
    }

    /** So that what the model's cores do is the model's doing. */
    private void bindOthers() throws IOException, InterruptedException {
        if (!options.others().isEmpty()) {
            for (long pid :
                    List.of(kafka.pid(), load.pid(), ProcessHandle.current().pid())) {
                ChildProcess.bind(pid, options.others());
            }
        }
    }

    private ServiceProcess serving(String name, MeasuredProgram program) throws IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put("kafka.bootstrap.servers", bootstrapServers);
        settings.put("heapster.metric-resolution", options.resolutionSeconds() + "s");
        settings.put("heapster.model.window", options.windowSeconds() + "s");
        settings.put("heapster.model.resolution", options.resolutionSeconds() + "s");
        settings.putAll(options.settings());
        return ServiceProcess.serving(name, directory, "model-service", program, settings);
    }

    private void start(ServiceProcess model) throws IOException, InterruptedException {
        double seconds = model.awaitReady() / 1e9;
        ProcessFigures at = model.figures();
        double records = model.metric("heapster_model_read_records_total");
        double samples = model.metric("heapster_model_read_samples_total");
        long ingest = at.cpuNanosSince(ProcessFigures.NONE, ProcessFigures.Work.INGEST);
        System.out.printf(
                "start to ready: %.1f s, %.1f s CPU; %.0f records, %.0f/s, %.2f million samples/s; a CPU second: %.2f million%n",
                seconds,
                at.cpuSeconds(),
                records,
                records / seconds,
                samples / seconds / 1e6,
                samples / at.cpuSeconds() / 1e6);
        System.out.printf("  CPU: %s%n", at.cpuSince(ProcessFigures.NONE));
        System.out.printf(
                "  a sample: %.0f ns of the reading thread, %.0f ns of the process, start included%n",
                ingest / samples, at.cpuNanos() / samples);
        System.out.printf("  GC: %s%n", model.collections().sinceLast());
        resident("at ready", model);
        double outdated = model.metric("heapster_model_outdated_records_total");
        if (outdated > 0) {
            System.out.printf("  %.0f records had left the window before they were read%n", outdated);
        }
        double refused = model.metric("heapster_model_rejected_points_total");
        if (refused > 0) {
            System.out.printf("  %.0f points refused%n", refused);
        }
    }

    /** Until the sums of all ticks are there, which the first model on a log has to make. */
    private void settle(ServiceProcess model) throws IOException, InterruptedException {
        ProcessFigures before = model.figures();
        long begun = System.nanoTime();
        int ticks = options.windowSeconds() / options.resolutionSeconds();
        while (points(model, "/api/v1/model/metrics/cpu/usage_rate").size() < ticks - 3
                && System.nanoTime() - begun < TimeUnit.MINUTES.toNanos(3)) {
            Thread.sleep(500);
        }
        System.out.printf(
                "sums of the history: %d ticks after %.1f s, %.1f s CPU%n",
                points(model, "/api/v1/model/metrics/cpu/usage_rate").size(),
                (System.nanoTime() - begun) / 1e9,
                model.figures().cpuSeconds() - before.cpuSeconds());
        System.out.printf("  GC: %s%n", model.collections().sinceLast());
    }

    /** Nothing but live ticks. */
    private void steady(ServiceProcess model) throws IOException, InterruptedException {
        double samplesBefore = model.metric("heapster_model_read_samples_total");
        ProcessFigures before = model.figures();
        Thread.sleep(2 * options.resolutionMillis());
        ProcessFigures after = model.figures();
        double samples = model.metric("heapster_model_read_samples_total") - samplesBefore;
        System.out.printf(
                "live ticks alone, %d s: %.0f samples; CPU: %s%n",
                2 * options.resolutionSeconds(), samples, after.cpuSince(before));
        System.out.printf(
                "  a sample: %.0f ns of the reading thread, %.0f ns of the process; %.1f %% of a core%n",
                after.cpuNanosSince(before, ProcessFigures.Work.INGEST) / samples,
                (after.cpuNanos() - before.cpuNanos()) / samples,
                (after.cpuNanos() - before.cpuNanos()) / 1e7 / 2 / options.resolutionSeconds());
        System.out.printf("  GC: %s%n", model.collections().sinceLast());
        model.collect();
        System.out.printf(
                "live heap: %d MiB, %.0f B a pod%n",
                model.collections().afterLastFull(),
                model.collections().afterLastFull() * MIB / options.nodes() / options.pods());
        System.out.printf("  that collection: %s%n", model.collections().sinceLast());
        resident("in steady state", model);
    }

    /** Each kind is asked for a while before it counts, until its code is compiled. */
    private static void queries(ServiceProcess model, Questions questions) throws IOException, InterruptedException {
        questions.askFor(20, questions.seriesPaths(), 1);
        System.out.printf("one series: %s%n", questions.askFor(10, questions.seriesPaths(), 1));
        System.out.printf("one series, 2 clients: %s%n", questions.askFor(10, questions.seriesPaths(), 2));
        questions.askFor(10, questions.podLists(), 1);
        System.out.printf("pod-list of 50: %s%n", questions.askFor(5, questions.podLists(), 1));
        questions.askFor(5, questions.podNames(), 1);
        System.out.printf("names of a namespace's 1,000 pods: %s%n", questions.askFor(3, questions.podNames(), 1));
        if (isThere(model, questions.podMetrics().get(0))) {
            questions.askFor(20, questions.podMetrics(), 1);
            System.out.printf(
                    "metrics.k8s.io, a namespace of 1,000 pods: %s%n", questions.askFor(5, questions.podMetrics(), 1));
            long resident = model.figures().residentBytes();
            System.out.printf(
                    "metrics.k8s.io, all pods: %s%n",
                    questions.askFor(6, List.of("/apis/metrics.k8s.io/v1beta1/pods"), 1));
            System.out.printf("  resident memory %+.1f MiB%n", (model.figures().residentBytes() - resident) / MIB);
        } else {
            System.out.printf("metrics.k8s.io: not there%n");
        }
        System.out.printf("  GC: %s%n", model.collections().sinceLast());
    }

    /** Two ticks come all at once, as after an outage of Kafka, and then come again; meanwhile somebody asks. */
    private void replay(ServiceProcess model, Questions questions) throws IOException, InterruptedException {
        load.order("hold");
        load.await("hold");
        Thread.sleep(2 * options.resolutionMillis());
        System.out.printf(
                "one series while nothing is written: %s%n",
                questions.ask(questions.seriesPaths(), 1, SAMPLER_PAUSE_MILLIS, deadline(5)));
        model.collections().sinceLast();
        burst(model, questions, "go", "a burst of new ticks");
        burst(model, questions, "again", "the same ticks again");
    }

    private void burst(ServiceProcess model, Questions questions, String order, String what)
            throws IOException, InterruptedException {
        double samplesBefore = model.metric("heapster_model_read_samples_total");
        double recordsBefore = model.metric("heapster_model_read_records_total");
        ProcessFigures before = model.figures();
        long begun = System.nanoTime();
        load.order(order);
        Questions.Outcome outcome = questions.ask(
                questions.seriesPaths(), 1, SAMPLER_PAUSE_MILLIS, new UntilRead(model, load, order, recordsBefore));
        double seconds = (System.nanoTime() - begun) / 1e9;
        double samples = model.metric("heapster_model_read_samples_total") - samplesBefore;
        System.out.printf("one series during %s: %s%n", what, outcome);
        System.out.printf(
                "  %.0f samples in %.1f s, %.0f ns a sample of the reading thread; GC: %s%n",
                samples,
                seconds,
                model.figures().cpuNanosSince(before, ProcessFigures.Work.INGEST) / samples,
                model.collections().sinceLast());
    }

    private static BooleanSupplier deadline(double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        return () -> System.nanoTime() >= end;
    }

    private static Map<String, Map<String, String>> history(ServiceProcess model, List<String> paths)
            throws IOException {
        Map<String, Map<String, String>> history = new LinkedHashMap<>();
        for (String path : paths) {
            history.put(path, points(model, path));
        }
        return history;
    }

    /** What has left the window in between may be missing, and nothing else. */
    private void compare(Map<String, Map<String, String>> before, ServiceProcess model) throws IOException {
        long compared = 0;
        long changed = 0;
        Set<String> lost = new TreeSet<>();
        for (Map.Entry<String, Map<String, String>> series : before.entrySet()) {
            Map<String, String> after = points(model, series.getKey());
            String oldest = Instant.ofEpochMilli(System.currentTimeMillis() - options.windowMillis())
                    .toString();
            for (Map.Entry<String, String> point : series.getValue().entrySet()) {
                if (point.getKey().compareTo(oldest) > 0) {
                    compared++;
                    String now = after.get(point.getKey());
                    if (now == null) {
                        lost.add(point.getKey() + " of " + series.getKey());
                    } else if (!now.equals(point.getValue())) {
                        changed++;
                    }
                }
            }
        }
        System.out.printf(
                "history after the kill: %d points of %d series compared, %d changed, %d lost%s%n",
                compared,
                before.size(),
                changed,
                lost.size(),
                lost.isEmpty() ? "" : ", the first " + lost.iterator().next());
    }

    /** By timestamp. */
    private static Map<String, String> points(ServiceProcess model, String path) throws IOException {
        Map<String, String> points = new LinkedHashMap<>();
        try (KeepAliveClient client = model.client()) {
            Matcher matcher = POINT.matcher(client.text(path));
            while (matcher.find()) {
                points.put(matcher.group(1), matcher.group(2));
            }
        }
        return points;
    }

    private static boolean isThere(ServiceProcess model, String path) throws IOException {
        try (KeepAliveClient client = model.client()) {
            return client.get(KeepAliveClient.request(path)).status() == 200;
        }
    }

    private void resident(String when, ServiceProcess model) {
        long bytes = model.figures().residentBytes();
        System.out.printf(
                "resident %s: %.0f MiB, %.0f B a pod%n",
                when, bytes / MIB, bytes / (double) options.nodes() / options.pods());
    }

    private static String machineLoad() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0];
    }

    private static long size(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            long bytes = 0;
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".log")).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
