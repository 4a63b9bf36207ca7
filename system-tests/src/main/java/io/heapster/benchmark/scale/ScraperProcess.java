package io.heapster.benchmark.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The scraper service as built, in a JVM of its own, on the cores it is given, with one cluster for a source. */
final class ScraperProcess implements AutoCloseable {
    /** What docs/performance.md recommends, with room for 5,000 nodes. */
    static final String JVM_OPTIONS = "-XX:+UseSerialGC -Xms64m -Xmx416m -Xmn48m -XX:SurvivorRatio=4 -Xss512k";

    private static final Path JAR = Path.of("scraper-service", "target", "quarkus-app", "quarkus-run.jar");
    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final Process process;
    private final Path output;
    private final GcLog collections;
    private final int port;

    private ScraperProcess(Process process, Path output, GcLog collections) throws IOException, InterruptedException {
        this.process = process;
        this.output = output;
        this.collections = collections;
        this.port = awaitPort();
    }

    /** @param recording file of a flight recording; empty for none */
    static ScraperProcess start(
            String name,
            Path directory,
            String bootstrapServers,
            String source,
            ScrapeOptions options,
            String recording)
            throws IOException, InterruptedException {
        if (!Files.exists(JAR)) {
            throw new IOException(JAR + " is missing: system-tests/bench scrape builds it");
        }
        Path collections = directory.resolve(name + "-gc.log");
        List<String> command = new ArrayList<>();
        if (!options.cores().isEmpty()) {
            command.addAll(List.of("taskset", "-c", options.cores()));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options.jvm());
        command.add("-Xlog:gc:file=" + collections);
        if (!recording.isEmpty()) {
            command.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + recording);
        }
        command.add("-Dkafka.bootstrap.servers=" + bootstrapServers);
        command.add("-Dheapster.metric-resolution=" + options.resolutionSeconds() + "s");
        command.add("-Dquarkus.http.port=0");
        command.add("-Dquarkus.http.host=127.0.0.1");
        options.settings().forEach(setting -> command.add("-D" + setting));
        command.addAll(List.of("-jar", JAR.toString(), "--source=" + source));
        Path output = directory.resolve(name + ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new ScraperProcess(process, output, new GcLog(collections));
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
        throw new IOException("the scraper service did not start:\n" + Files.readString(output));
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

    long pid() {
        return process.pid();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
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
