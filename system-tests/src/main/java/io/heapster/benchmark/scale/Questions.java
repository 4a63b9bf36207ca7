package io.heapster.benchmark.scale;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What dashboards and autoscalers ask, about pods that are there. */
final class Questions {
    private static final Pattern NAME = Pattern.compile("\"([^\"]+)\"");
    private static final String NAMESPACES = "/api/v1/model/namespaces/";
    private static final int SERIES = 4_000;
    private static final int NAMESPACES_ASKED = 20;
    private static final int LISTED = 50;

    private final ServiceProcess model;
    private final List<String> namespaces = new ArrayList<>();
    private final List<String> podLists = new ArrayList<>();
    private final List<String> seriesPaths = new ArrayList<>();

    Questions(ServiceProcess model) throws IOException {
        this.model = model;
        Random random = new Random(1);
        try (KeepAliveClient client = model.client()) {
            List<String> all = names(client.text(NAMESPACES));
            Collections.shuffle(all, random);
            for (String namespace : all.subList(0, Math.min(NAMESPACES_ASKED, all.size()))) {
                List<String> pods = names(client.text(NAMESPACES + namespace + "/pods/"));
                Collections.shuffle(pods, random);
                namespaces.add(namespace);
                podLists.add(NAMESPACES + namespace + "/pod-list/"
                        + String.join(",", pods.subList(0, Math.min(LISTED, pods.size()))) + "/metrics/cpu/usage_rate");
                for (String pod : pods.subList(0, Math.min(SERIES / NAMESPACES_ASKED, pods.size()))) {
                    seriesPaths.add(NAMESPACES + namespace + "/pods/" + pod + "/metrics/cpu/usage_rate");
                }
            }
        }
        Collections.shuffle(seriesPaths, random);
    }

    private static List<String> names(String json) {
        List<String> names = new ArrayList<>();
        Matcher matcher = NAME.matcher(json);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** One series of a pod, of 4,000 in 20 namespaces. */
    List<String> seriesPaths() {
        return seriesPaths;
    }

    /** The same metric of 50 pods of a namespace. */
    List<String> podLists() {
        return podLists;
    }

    /** The names of a namespace's pods. */
    List<String> podNames() {
        return namespaces.stream().map(name -> NAMESPACES + name + "/pods/").toList();
    }

    /** Usage of a namespace's pods, as {@code kubectl top pods -n} and autoscalers ask for it. */
    List<String> podMetrics() {
        return namespaces.stream()
                .map(name -> "/apis/metrics.k8s.io/v1beta1/namespaces/" + name + "/pods")
                .toList();
    }

    /**
     * What asking came to.
     *
     * @param clientNanos CPU time of the clients
     */
    record Outcome(
            Latencies latencies,
            double seconds,
            long bytes,
            long failed,
            long clientNanos,
            ProcessFigures before,
            ProcessFigures after) {

        @Override
        public String toString() {
            long count = latencies.count();
            long model = after.cpuNanos() - before.cpuNanos();
            long http = after.cpuNanosSince(before, ProcessFigures.Work.HTTP);
            return String.format(
                    "%s%n    %.0f/s, %.1f KB each, CPU a request: model %.0f µs (its HTTP threads %.0f), client %.0f µs%s%n"
                            + "    the model's %.1f s: %s",
                    latencies,
                    count / seconds,
                    bytes / 1e3 / count,
                    model / 1e3 / count,
                    http / 1e3 / count,
                    clientNanos / 1e3 / count,
                    failed == 0 ? "" : "; " + failed + " FAILED",
                    seconds,
                    after.cpuSince(before));
        }
    }

    /** Asks one after the other, over one connection a thread, until it is enough. */
    Outcome ask(List<String> paths, int threads, long pauseMillis, BooleanSupplier enough) throws InterruptedException {
        List<byte[]> requests = paths.stream().map(KeepAliveClient::request).toList();
        ExecutorService clients = Executors.newFixedThreadPool(threads);
        ProcessFigures before = model.figures();
        long begun = System.nanoTime();
        try {
            List<Asker> askers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                askers.add(new Asker(requests, i * requests.size() / threads, pauseMillis, enough));
            }
            Latencies latencies = new Latencies();
            long bytes = 0;
            long failed = 0;
            long clientNanos = 0;
            for (Future<Asker> done : clients.invokeAll(askers)) {
                Asker asker = done.get();
                asker.latencies.addTo(latencies);
                bytes += asker.bytes;
                failed += asker.failed;
                clientNanos += asker.cpuNanos;
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            return new Outcome(latencies, seconds, bytes, failed, clientNanos, before, model.figures());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            clients.shutdownNow();
        }
    }

    Outcome askFor(double seconds, List<String> paths, int threads) throws InterruptedException {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        return ask(paths, threads, 0, () -> System.nanoTime() >= end);
    }

    private final class Asker implements Callable<Asker> {
        private final List<byte[]> requests;
        private final long pauseMillis;
        private final BooleanSupplier enough;
        private final Latencies latencies = new Latencies();
        private int next;
        private long bytes;
        private long failed;
        private long cpuNanos;

        Asker(List<byte[]> requests, int first, long pauseMillis, BooleanSupplier enough) {
            this.requests = requests;
            this.next = first;
            this.pauseMillis = pauseMillis;
            this.enough = enough;
        }

        @Override
        public Asker call() throws IOException, InterruptedException {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long cpu = threads.getCurrentThreadCpuTime();
            try (KeepAliveClient client = model.client()) {
                do {
                    long asked = System.nanoTime();
                    KeepAliveClient.Answer answer = client.get(requests.get(next));
                    latencies.add(System.nanoTime() - asked);
                    bytes += answer.bytes();
                    failed += answer.status() == 200 ? 0 : 1;
                    next = (next + 1) % requests.size();
                    if (pauseMillis > 0) {
                        TimeUnit.MILLISECONDS.sleep(pauseMillis);
                    }
                } while (!enough.getAsBoolean());
            }
            cpuNanos = threads.getCurrentThreadCpuTime() - cpu;
            return this;
        }
    }
}
