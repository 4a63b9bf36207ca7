package io.heapster.benchmark.scale;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A service as a process on a port that was free, watched from outside. */
final class MeasuredService implements AutoCloseable {
    private static final byte[] LIVE = KeepAliveClient.request("/q/health/live");
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Process process;
    private final int port;
    private final long startedNanos;
    private final Path output;
    private ProcessFigures figures = ProcessFigures.NONE;
    private long mostResidentBytes;

    private MeasuredService(Process process, int port, long startedNanos, Path output) {
        this.process = process;
        this.port = port;
        this.startedNanos = startedNanos;
        this.output = output;
    }

    static MeasuredService start(List<String> command, Path output) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        long startedNanos = System.nanoTime();
        return new MeasuredService(builder.start(), port, startedNanos, output);
    }

    /** @return nanoseconds from exec to the answer that it is alive */
    long awaitServing() throws IOException {
        while (process.isAlive() && System.nanoTime() - startedNanos < PATIENCE_NANOS) {
            try (KeepAliveClient client = new KeepAliveClient(port)) {
                if (client.get(LIVE).status() == 200) {
                    return System.nanoTime() - startedNanos;
                }
            } catch (ConnectException e) {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
        throw new IOException("it ended or did not serve within a minute, see " + output);
    }

    /** Takes its figures now. */
    void sample() {
        figures = ProcessFigures.of(process.pid());
        mostResidentBytes = Math.max(mostResidentBytes, figures.residentBytes());
    }

    long residentBytes() {
        return figures.residentBytes();
    }

    long mostResidentBytes() {
        return mostResidentBytes;
    }

    long cpuNanos() {
        return figures.cpuNanos();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
