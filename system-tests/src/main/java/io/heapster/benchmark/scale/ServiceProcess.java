package io.heapster.benchmark.scale;

import io.heapster.program.ServiceProgram;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A service as built, a process of its own on a port that was free, watched from outside. */
final class ServiceProcess implements AutoCloseable {
    private static final Path ROOT = Path.of("");
    private static final byte[] LIVE = KeepAliveClient.request("/q/health/live");
    private static final byte[] READY = KeepAliveClient.request("/q/health/ready");
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final long SERVING_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final long READY_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final int LAST_LINES = 20;

    private final String name;
    private final ServiceProgram program;
    private final Process process;
    private final int port;
    private final long startedNanos;
    private final Path output;
    private final GcLog collections;

    private ServiceProcess(String name, Path directory, ServiceProgram program, List<String> command, Path collections)
            throws IOException {
        this.name = name;
        this.program = program;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        this.output = output(name, directory);
        this.collections = new GcLog(collections);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        this.startedNanos = System.nanoTime();
        this.process = builder.start();
    }

    /**
     * Does not wait for it to serve.
     *
     * @param name of its logs in the directory
     * @param module such as {@code model-service}
     * @throws IllegalStateException if it was not built; with the command that builds it
     */
    static ServiceProcess start(
            String name,
            Path directory,
            ServiceProgram program,
            String module,
            List<String> runtime,
            Map<String, String> settings)
            throws IOException {
        return new ServiceProcess(
                name, directory, program, program.command(ROOT, module, runtime, settings), output(name, directory));
    }

    /** With its collections written down; returns when it serves. */
    static ServiceProcess serving(
            String name, Path directory, String module, MeasuredProgram measured, Map<String, String> settings)
            throws IOException {
        List<String> options = new ArrayList<>(measured.options());
        Path collections;
        if (measured.program() == ServiceProgram.JAR) {
            collections = directory.resolve(name + "-gc.log");
            options.add("-Xlog:gc:file=" + collections);
            if (!measured.recording().isEmpty()) {
                options.add(
                        "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + measured.recording());
            }
        } else {
            collections = output(name, directory);
            options.add("-XX:+PrintGC");
        }
        List<String> command = new ArrayList<>();
        if (!measured.cores().isEmpty()) {
            command.addAll(List.of("taskset", "-c", measured.cores()));
        }
        command.addAll(measured.program().command(ROOT, module, options, settings));
        ServiceProcess service = new ServiceProcess(name, directory, measured.program(), command, collections);
        service.awaitServing();
        return service;
    }

    private static Path output(String name, Path directory) {
        return directory.resolve(name + ".log");
    }

    /** @return nanoseconds from its start to the answer that it is alive */
    long awaitServing() throws IOException {
        return awaitAnswer(LIVE, POLL_NANOS, SERVING_NANOS);
    }

    /** @return nanoseconds from its start to the answer that it is ready */
    long awaitReady() throws IOException {
        // Each question is a line in its log while the answer is no.
        return awaitAnswer(READY, TimeUnit.MILLISECONDS.toNanos(250), READY_NANOS);
    }

    private long awaitAnswer(byte[] question, long pauseNanos, long patienceNanos) throws IOException {
        while (process.isAlive() && System.nanoTime() - startedNanos < patienceNanos) {
            try (KeepAliveClient client = client()) {
                if (client.get(question).status() == 200) {
                    return System.nanoTime() - startedNanos;
                }
            } catch (ConnectException e) {
                // Not listening yet.
            }
            LockSupport.parkNanos(pauseNanos);
        }
        close();
        List<String> lines = Files.readAllLines(output);
        throw new IOException(name + " ended or took too long; the last lines of " + output + ":\n"
                + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())));
    }

    KeepAliveClient client() throws IOException {
        return new KeepAliveClient(port);
    }

    ProcessFigures figures() {
        return ProcessFigures.of(process.pid());
    }

    /** Of a service that was started by {@link #serving}. */
    GcLog collections() {
        return collections;
    }

    /** Sum of one of its own metrics over the lines that contain all these texts. */
    double metric(String name, String... fragments) throws IOException {
        try (KeepAliveClient client = client()) {
            return client.text("/q/metrics")
                    .lines()
                    .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                    .filter(line -> List.of(fragments).stream().allMatch(line::contains))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
    }

    /** Collects the whole heap of its JVM; an executable cannot be told to. */
    void collect() throws IOException, InterruptedException {
        if (program == ServiceProgram.EXECUTABLE) {
            return;
        }
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
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
