package io.heapster.benchmark.scale;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The model service as built, in a JVM of its own, on the cores it is given. */
final class ModelProcess implements AutoCloseable {
    /** What docs/performance.md recommends for many pods, but for the heap, which depends on how many. */
    static final String JVM_OPTIONS = "-XX:+UseG1GC -XX:G1HeapRegionSize=1m -XX:MaxGCPauseMillis=20"
            + " -XX:-G1UseAdaptiveIHOP -XX:InitiatingHeapOccupancyPercent=85 -Xss512k -XX:+ExitOnOutOfMemoryError";

    private static final Path JAR = Path.of("model-service", "target", "quarkus-app", "quarkus-run.jar");
    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
    private static final byte[] READY = KeepAliveClient.request("/q/health/ready");
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Process process;
    private final Path output;
    private final GcLog collections;
    private final long startedNanos = System.nanoTime();
    private final int port;

    private ModelProcess(Process process, Path output, GcLog collections) throws IOException, InterruptedException {
        this.process = process;
        this.output = output;
        this.collections = collections;
        this.port = awaitPort();
    }

    static ModelProcess start(String name, Path directory, String bootstrapServers, ScaleOptions options)
            throws IOException, InterruptedException {
        if (!Files.exists(JAR)) {
            throw new IOException(JAR + " is missing: system-tests/bench scale builds it");
        }
        Path collections = directory.resolve(name + "-gc.log");
        List<String> command = new ArrayList<>();
        if (!options.cores().isEmpty()) {
            command.addAll(List.of("taskset", "-c", options.cores()));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options.jvm());
        command.add("-Xlog:gc:file=" + collections);
        if (!options.recording().isEmpty()) {
            command.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + options.recording());
        }
        command.add("-Dkafka.bootstrap.servers=" + bootstrapServers);
        command.add("-Dheapster.metric-resolution=" + options.resolutionSeconds() + "s");
        command.add("-Dheapster.model.window=" + options.windowSeconds() + "s");
        command.add("-Dheapster.model.resolution=" + options.resolutionSeconds() + "s");
        command.add("-Dquarkus.http.port=0");
        command.add("-Dquarkus.http.host=127.0.0.1");
        options.settings().forEach(setting -> command.add("-D" + setting));
        command.addAll(List.of("-jar", JAR.toString()));
        Path output = directory.resolve(name + ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new ModelProcess(process, output, new GcLog(collections));
    }

    private int awaitPort() throws IOException, InterruptedException {
        while (System.nanoTime() - startedNanos < PATIENCE_NANOS && process.isAlive()) {
            Matcher matcher = LISTENING.matcher(Files.readString(output));
            if (matcher.find()) {
                return Integer.parseInt(matcher.group(1));
            }
            Thread.sleep(50);
        }
        throw ended();
    }

    /** @return seconds from its start */
    double awaitReady() throws IOException, InterruptedException {
        while (System.nanoTime() - startedNanos < PATIENCE_NANOS && process.isAlive()) {
            try (KeepAliveClient client = client()) {
                while (client.get(READY).status() != 200) {
                    // Each question is a line in the log while the answer is no.
                    Thread.sleep(250);
                }
                return (System.nanoTime() - startedNanos) / 1e9;
            } catch (ConnectException e) {
                Thread.sleep(100);
            }
        }
        throw ended();
    }

    private IOException ended() throws IOException {
        close();
        List<String> lines = Files.readAllLines(output);
        return new IOException("the model ended or took longer than 10 minutes:\n"
                + String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size())));
    }

    KeepAliveClient client() throws IOException {
        return new KeepAliveClient(port);
    }

    ProcessFigures figures() {
        return ProcessFigures.of(process.pid());
    }

    GcLog collections() {
        return collections;
    }

    /** What one of its own metrics says, summed over its tags. */
    double metric(String name) throws IOException {
        try (KeepAliveClient client = client()) {
            return client.text("/q/metrics")
                    .lines()
                    .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
    }

    /** Collects the whole heap. */
    void collect() throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        int status = new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.run")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException(jcmd + " ended with " + status);
        }
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        if (!exited()) {
            kill();
        }
    }

    private boolean exited() {
        try {
            return process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
