package io.heapster.kafka;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps a second broker, of this process or another, out of a directory; gone with the process. */
final class DirectoryLock implements AutoCloseable {

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static DirectoryLock of(Path directory) {
        FileChannel channel;
        try {
            Files.createDirectories(directory);
            channel = FileChannel.open(directory.resolve("in-use.lock"), CREATE, WRITE);
        } catch (IOException e) {
            throw new BrokerStartException(
                    "Kafka cannot write to directory " + directory + " (" + e + "): give one that is writable", e);
        }
        if (!locked(channel)) {
            closeQuietly(channel);
            throw new BrokerStartException(
                    "Kafka directory " + directory
                            + " is in use by another broker: stop that one or give another directory",
                    null);
        }
        return new DirectoryLock(channel);
    }

    private static boolean locked(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException | IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The lock is the process's; it cannot outlive it.
        }
    }
}
