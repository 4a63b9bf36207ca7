package io.heapster.sink.influxdb.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server as a process of its own on a directory of its own. Stopped and started again it has the same data; closed,
 * the directory is gone.
 */
final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Whether the server answers as it does when it is ready; an exception means not yet. */
    @FunctionalInterface
    interface Probe {
        boolean answers() throws IOException, InterruptedException;
    }

    private final Path directory;
    private final List<String> command;
    private final Probe probe;
    private @Nullable Process process;

    ServerProcess(Path directory, List<String> command, Probe probe) {
        this.directory = directory;
        this.command = command;
        this.probe = probe;
    }

    /** Starts it and returns when it answers. Does nothing when running. */
    synchronized void resume() throws IOException, InterruptedException {
        if (process != null) {
            return;
        }
        Path log = directory.resolve("log");
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process = started;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (!started.isAlive() || System.nanoTime() > end) {
                throw new IOException(command.get(0) + " did not start: " + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            return probe.answers();
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends it cleanly and keeps the data. Does nothing when stopped. */
    synchronized void stop() throws InterruptedException {
        Process running = process;
        process = null;
        if (running != null) {
            running.destroy();
            if (!running.waitFor(10, TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
