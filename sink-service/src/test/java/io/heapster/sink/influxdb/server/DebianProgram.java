package io.heapster.sink.influxdb.server;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that is on the PATH, or else in a Debian package, unpacked into a cache once for all processes. */
public record DebianProgram(String program, String debianPackage) {
    private static final Path CACHES = Path.of(System.getProperty("user.home"), ".cache", "heapster-tests");

    /**
     * Where it is.
     *
     * @throws IOException if it is nowhere and cannot be fetched; says how to install it
     */
    public Path find() throws IOException, InterruptedException {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path onPath = Path.of(directory, program);
            if (Files.isExecutable(onPath)) {
                return onPath;
            }
        }
        Path cached = cache().resolve("usr/bin").resolve(program);
        Files.createDirectories(CACHES);
        Path lockFile = CACHES.resolve(debianPackage + ".lock");
        // One lock a machine: several test processes may start with an empty cache. Threads of one wait on the monitor.
        synchronized (DebianProgram.class) {
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!Files.isExecutable(cached) && lock.isValid()) {
                    unpack();
                }
            }
        }
        return cached;
    }

    private Path cache() {
        return CACHES.resolve(debianPackage);
    }

    private void unpack() throws IOException, InterruptedException {
        Path work = Files.createTempDirectory(CACHES, "unpacking");
        if (run(work, List.of("apt-get", "download", debianPackage)) != 0 && !downloadWithOwnLists(work)) {
            throw missing();
        }
        Path unpacked = work.resolve("unpacked");
        try (DirectoryStream<Path> packages = Files.newDirectoryStream(work, debianPackage + "*.deb")) {
            for (Path file : packages) {
                if (run(work, List.of("dpkg-deb", "-x", file.toString(), unpacked.toString())) != 0) {
                    throw missing();
                }
            }
        }
        if (!Files.isExecutable(unpacked.resolve("usr/bin").resolve(program))) {
            throw missing();
        }
        Files.move(unpacked, cache(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** A bare machine has no package lists yet, and only root may write the machine's: so these are the test's own. */
    private boolean downloadWithOwnLists(Path work) throws IOException, InterruptedException {
        Files.createDirectories(work.resolve("lists/partial"));
        Files.createDirectories(work.resolve("archives/partial"));
        List<String> apt = List.of(
                "apt-get",
                "-o",
                "Dir::State::lists=" + work.resolve("lists"),
                "-o",
                "Dir::Cache=" + work,
                "-o",
                "APT::Sandbox::User=root");
        return run(work, with(apt, "update")) == 0 && run(work, with(apt, "download", debianPackage)) == 0;
    }

    private static List<String> with(List<String> command, String... more) {
        return Stream.concat(command.stream(), Stream.of(more)).toList();
    }

    private int run(Path directory, List<String> command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
            return process.waitFor(3, TimeUnit.MINUTES) ? process.exitValue() : -1;
        } catch (IOException e) {
            throw new IOException(missing().getMessage(), e);
        }
    }

    private IOException missing() {
        return new IOException("no " + program + " on the PATH and Debian's package cannot be fetched: install it, for"
                + " instance with 'apt-get install " + debianPackage + "'");
    }
}
