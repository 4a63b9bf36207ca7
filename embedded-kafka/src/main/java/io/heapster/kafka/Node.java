package io.heapster.kafka;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/** One run of broker and controller, from start to stop, on a directory that it holds locked. */
final class Node {

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final Duration HAND_OVER = Duration.ofSeconds(5);

    private final DirectoryLock lock;
    private final BoundListeners listeners;
    private final ControllerServer controller;
    private final BrokerServer broker;

    private Node(DirectoryLock lock, BoundListeners listeners, ControllerServer controller, BrokerServer broker) {
        this.lock = lock;
        this.listeners = listeners;
        this.controller = controller;
        this.broker = broker;
    }

    static Node start(Settings settings) {
        DirectoryLock lock = DirectoryLock.of(settings.directory());
        BoundListeners listeners = null;
        try {
            listeners =
                    BoundListeners.bind(settings.port(), settings.listeners().keySet());
            return start(settings, lock, listeners);
        } catch (Throwable e) {
            if (listeners != null) {
                listeners.close();
            }
            lock.close();
            throw e;
        }
    }

    private static Node start(Settings settings, DirectoryLock lock, BoundListeners listeners) {
        Path log = settings.directory().resolve("log");
        Map<String, String> properties = BrokerProperties.of(log, listeners, settings);
        Node node = null;
        try {
            if (!Files.exists(log.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
                format(log);
            }
            node = assemble(KafkaConfig.apply(properties, false), lock, listeners);
            node.controller.startup();
            node.broker.startup();
            return node;
            // Kafka's start throws checked exceptions it does not declare.
        } catch (Throwable e) {
            if (node != null) {
                node.broker.shutdown(Duration.ZERO);
                node.controller.shutdown();
            }
            throw new BrokerStartException(
                    "Kafka does not start on directory " + settings.directory() + " (" + root(e)
                            + "): the data there may be of another version or damaged; give an empty directory",
                    e);
        }
    }

    private static void format(Path log) throws Exception {
        new Formatter()
                .setNodeId(BrokerProperties.NODE)
                .setClusterId(Uuid.randomUuid().toString())
                .setDirectories(List.of(log.toString()))
                .setMetadataLogDirectory(log.toString())
                .setControllerListenerName(BrokerProperties.CONTROLLER)
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run();
    }

    private static Node assemble(KafkaConfig config, DirectoryLock lock, BoundListeners listeners) {
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> opened = KafkaRaftServer.initializeLogDirs(config, LOG, "");
        Metrics metrics = Server.initializeMetrics(
                config, Time.SYSTEM, opened._1().clusterId().orElseThrow());
        SharedServer shared = new SharedServer(
                config,
                opened._1(),
                Time.SYSTEM,
                metrics,
                CompletableFuture.completedFuture(
                        Map.of(BrokerProperties.NODE, listeners.address(BrokerProperties.CONTROLLER))),
                List.of(),
                new StandardFaultHandlerFactory(),
                listeners);
        return new Node(
                lock,
                listeners,
                new ControllerServer(shared, KafkaRaftServer.configSchema(), opened._2()),
                new BrokerServer(shared));
    }

    int port() {
        return listeners.port(BrokerProperties.CLIENTS);
    }

    int port(String listener) {
        return listeners.port(listener);
    }

    void stop() {
        try {
            broker.shutdown(HAND_OVER);
            controller.shutdown();
        } finally {
            listeners.close();
            lock.close();
        }
    }

    private static String root(Throwable e) {
        Throwable root = e;
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return root.toString().lines().findFirst().orElse("no reason given");
    }
}
