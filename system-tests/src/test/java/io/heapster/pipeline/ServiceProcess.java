package io.heapster.pipeline;

import io.heapster.program.ServiceProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** One of the services, as built, as a process on a free port. Its output is in {@code target/pipeline}. */
public final class ServiceProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("(?:Listening on: |Model API at )http://[^:]+:(\\d+)");
    private static final Duration START = Duration.ofMinutes(2);
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final Process process;
    private final Path output;
    private final int port;

    private ServiceProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
        this.port = Awaitility.await("start of " + output)
                .atMost(START)
                .pollInterval(Duration.ofMillis(100))
                .until(this::listeningPort, found -> found > 0);
    }

    /** Starts {@code scraper-service}, {@code model-service}, {@code sink-service} or {@code standalone}. */
    public static ServiceProcess start(String module, Map<String, String> settings, String... arguments) {
        try {
            Path output = output(module);
            return new ServiceProcess(launch(module, settings, output, arguments), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a service writes whose start must fail. */
    public static String failingStart(String module, Map<String, String> settings) {
        try {
            Path output = output(module);
            Process process = launch(module, settings, output);
            if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(module + " has not ended by itself:\n" + Files.readString(output));
            }
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Tests run side by side in several JVMs. */
    private static Path output(String module) throws IOException {
        return Files.createDirectories(Path.of("target", "pipeline"))
                .resolve(module + "-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + ".log");
    }

    private static Process launch(String module, Map<String, String> settings, Path output, String... arguments)
            throws IOException {
        ServiceProgram program = program(module);
        Map<String, String> all = new TreeMap<>(settings);
        all.put("quarkus.http.port", "0");
        all.put("quarkus.http.host", "127.0.0.1");
        List<String> command = new ArrayList<>(program.command(
                Path.of(".."),
                module,
                program == ServiceProgram.JAR
                        ? List.of("-XX:+UseSerialGC", "-Xmx512m", "-XX:TieredStopAtLevel=1")
                        : List.of("-Xmx512m"),
                all));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** All it has written so far. */
    public String output() throws IOException {
        return Files.readString(output);
    }

    /** {@code -Dheapster.native=sink-service,model-service} names those that {@code system-tests/native} built. */
    private static ServiceProgram program(String module) {
        List<String> executables =
                List.of(System.getProperty("heapster.native", "").split(",", -1));
        return executables.contains(module) ? ServiceProgram.EXECUTABLE : ServiceProgram.JAR;
    }

    /** What it answers; an empty body with status 0 while nobody answers. */
    public HttpResponse<String> get(String path) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public ServiceProcess awaitReady() {
        Awaitility.await(output + " ready")
                .atMost(START)
                .ignoreExceptions()
                .until(() -> get("/q/health/ready").statusCode() == 200);
        return this;
    }

    /** Sum of a counter over the series whose line holds all these fragments. */
    public double metric(String name, String... fragments) {
        return get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> List.of(fragments).stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Where it serves. */
    public int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL: no shutdown hook, no goodbye to Kafka. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private int listeningPort() throws IOException {
        String text = Files.readString(output);
        if (!process.isAlive()) {
            throw new IllegalStateException("ended with " + process.exitValue() + ":\n" + text);
        }
        Matcher matcher = LISTENING.matcher(text);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
