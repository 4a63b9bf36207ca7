package io.heapster.kafka;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker and controller (KRaft) in this process, reachable on loopback only.
 *
 * <p>It keeps topics, records and group offsets in its directory, so that a later start on the same directory goes on
 * where the last one ended. Topics must be created explicitly. Thread-safe.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private final Settings settings;
    private final boolean temporary;
    private @Nullable Node node;
    private @Nullable RecordWriter writer;

    private EmbeddedKafka(Settings settings, boolean temporary) {
        this.node = Node.start(settings);
        this.settings = settings.withPort(node.port());
        this.temporary = temporary;
    }

    /**
     * Starts a broker and returns when it serves clients.
     *
     * @throws BrokerStartException if the directory or the port is in use, or the data cannot be opened
     */
    public static EmbeddedKafka start(Settings settings) {
        return new EmbeddedKafka(settings, false);
    }

    /** A broker on any port whose data is deleted when it is closed. */
    public static EmbeddedKafka inTemporaryDirectory() {
        return inTemporaryDirectory(Map.of());
    }

    /** As {@link #inTemporaryDirectory()}, with broker properties (Kafka's names) of the caller's. */
    public static EmbeddedKafka inTemporaryDirectory(Map<String, String> brokerProperties) {
        try {
            Path directory = Files.createTempDirectory("embedded-kafka");
            return new EmbeddedKafka(new Settings(directory, 0, brokerProperties, Map.of()), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code host:port}; the same after {@link #stop()} and {@link #resume()}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + settings.port();
    }

    /**
     * {@code host:port} of a further listener; another one after {@link #resume()}.
     *
     * @throws IllegalStateException if the broker is stopped
     */
    public synchronized String bootstrapServers(String listener) {
        if (node == null) {
            throw new IllegalStateException("the broker is stopped");
        }
        return "127.0.0.1:" + node.port(listener);
    }

    /** The settings in force, with the port that was taken. */
    public Settings settings() {
        return settings;
    }

    /** Stops serving, cleanly; keeps data and port number for {@link #resume()}. Does nothing when stopped. */
    public synchronized void stop() {
        if (node != null) {
            node.stop();
            node = null;
        }
    }

    /**
     * Serves again on the same port and directory. Does nothing when running.
     *
     * @throws BrokerStartException as {@link #start(Settings)}
     */
    public synchronized void resume() {
        if (node == null) {
            node = Node.start(settings);
        }
    }

    /**
     * Writes the records in their order and returns when the broker has every one of them, however long it stalls.
     *
     * @throws IllegalStateException if it has not taken one within two minutes
     */
    public synchronized void write(Collection<ProducerRecord<byte[], byte[]>> records) {
        if (writer == null) {
            writer = new RecordWriter(bootstrapServers());
        }
        writer.write(records);
    }

    /** Stops for good; deletes the data if the directory was a temporary one. */
    @Override
    public synchronized void close() {
        if (writer != null) {
            writer.close();
            writer = null;
        }
        stop();
        if (temporary) {
            delete(settings.directory());
        }
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a broker as a process of its own until it is told to end: {@code <directory> <port>}. */
    public static void main(String[] args) throws InterruptedException {
        int status = run(args, System.out, System.err);
        if (status != 0) {
            System.exit(status);
        }
        new CountDownLatch(1).await();
    }

    private static int run(String[] args, PrintStream out, PrintStream err) {
        if (args.length != 2 || !args[1].matches("[0-9]{1,5}")) {
            err.println("usage: EmbeddedKafka <directory> <port, 0 for any>");
            return 2;
        }
        try {
            EmbeddedKafka kafka = start(Settings.in(Path.of(args[0])).withPort(Integer.parseInt(args[1])));
            Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "embedded-kafka-close"));
            out.println(kafka.bootstrapServers());
            return 0;
        } catch (BrokerStartException e) {
            err.println(e.getMessage());
            return 1;
        }
    }
}
