package io.heapster.benchmark.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sink service as built, in a JVM of its own, on the cores it is given, with one sink that is called influxdb. */
final class SinkProcess implements AutoCloseable {
    static final String JVM_OPTIONS = "-XX:+UseSerialGC -Xms64m -Xmx256m -Xmn32m";

    private static final Path JAR = Path.of("sink-service", "target", "quarkus-app", "quarkus-run.jar");
    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final Process process;
    private final Path output;
    private final GcLog collections;
    private final int port;

    private SinkProcess(Process process, Path output, GcLog collections) throws IOException, InterruptedException {
        this.process = process;
        this.output = output;
        this.collections = collections;
        this.port = awaitPort();
    }

    static SinkProcess start(Path directory, String bootstrapServers, String uri, SinkOptions options)
            throws IOException, InterruptedException {
        if (!Files.exists(JAR)) {
            throw new IOException(JAR + " is missing: system-tests/bench sink builds it");
        }
        Path collections = directory.resolve("sink-gc.log");
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
        command.add("-Dquarkus.http.port=0");
        command.add("-Dquarkus.http.host=127.0.0.1");
        options.settings().forEach(setting -> command.add("-D" + setting));
        command.addAll(List.of("-jar", JAR.toString(), "--sink=" + uri));
        Path output = directory.resolve("sink.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new SinkProcess(process, output, new GcLog(collections));
    }

    private int awaitPort() throws IOException, InterruptedException {
        long started = System.nanoTime();
        while (System.nanoTime() - started < PATIENCE_NANOS && process.isAlive()) {
            Matcher matcher = LISTENING.matcher(Files.readString(output));
            if (matcher.find()) {
                return Integer.parseInt(matcher.group(1));
            }
            Thread.sleep(50);
        }
        close();
        throw new IOException("the sink service did not start:\n" + Files.readString(output));
    }

    ProcessFigures figures() {
        return ProcessFigures.of(process.pid());
    }

    GcLog collections() {
        return collections;
    }

    /** Sum of one of its own metrics over the lines that contain all these texts. */
    double metric(String name, String... fragments) throws IOException {
        try (KeepAliveClient client = new KeepAliveClient(port)) {
            return client.text("/q/metrics")
                    .lines()
                    .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                    .filter(line -> List.of(fragments).stream().allMatch(line::contains))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
