package io.heapster.kafka;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The broker's configuration: one node, loopback only, few threads, small files. */
final class BrokerProperties {

    static final String CLIENTS = "CLIENTS";
    static final String CONTROLLER = "CONTROLLER";
    static final int NODE = 1;

    private BrokerProperties() {}

    static Map<String, String> of(Path log, BoundListeners listeners, Settings settings) {
        StringBuilder addresses = new StringBuilder(address(CLIENTS, listeners));
        StringBuilder protocols = new StringBuilder(CLIENTS + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        settings.listeners().forEach((name, protocol) -> {
            addresses.append(',').append(address(name, listeners));
            protocols.append(',').append(name).append(':').append(protocol);
        });
        Map<String, String> p = new HashMap<>();
        p.put("process.roles", "broker,controller");
        p.put("node.id", Integer.toString(NODE));
        // A static voter may come back on another port; a dynamic one would have to be re-registered.
        p.put("controller.quorum.voters", NODE + "@127.0.0.1:" + listeners.port(CONTROLLER));
        p.put("controller.listener.names", CONTROLLER);
        p.put("inter.broker.listener.name", CLIENTS);
        p.put("listener.security.protocol.map", protocols.toString());
        p.put("listeners", addresses + "," + address(CONTROLLER, listeners));
        p.put("advertised.listeners", addresses.toString());
        p.put("log.dirs", log.toString());

        p.put("num.network.threads", "2");
        p.put("num.io.threads", "2");
        p.put("num.replica.fetchers", "1");
        p.put("num.recovery.threads.per.data.dir", "2");
        p.put("background.threads", "2");
        p.put("log.cleaner.threads", "1");
        p.put("log.cleaner.dedupe.buffer.size", "2097152");
        p.put("log.cleaner.io.buffer.size", "65536");

        p.put("log.segment.bytes", "33554432");
        p.put("log.index.size.max.bytes", "262144");
        p.put("metadata.log.segment.bytes", "8388608");
        // By default an idle controller writes twice a second.
        p.put("metadata.max.idle.interval.ms", "5000");

        p.put("auto.create.topics.enable", "false");
        p.put("default.replication.factor", "1");
        p.put("min.insync.replicas", "1");
        p.put("offsets.topic.replication.factor", "1");
        p.put("offsets.topic.num.partitions", "4");
        p.put("offsets.topic.segment.bytes", "4194304");
        p.put("transaction.state.log.replication.factor", "1");
        p.put("transaction.state.log.min.isr", "1");
        p.put("transaction.state.log.num.partitions", "1");
        p.put("share.coordinator.state.topic.replication.factor", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        p.put("share.coordinator.state.topic.num.partitions", "1");

        // After a crash the node's own old registration blocks it until its session has timed out.
        p.put("broker.session.timeout.ms", "3000");
        p.put("broker.heartbeat.interval.ms", "1000");
        // Members of a process that was killed are forgotten soon after it is back.
        p.put("group.initial.rebalance.delay.ms", "0");
        p.put("group.consumer.min.session.timeout.ms", "3000");
        p.put("group.consumer.session.timeout.ms", "6000");
        p.put("group.consumer.min.heartbeat.interval.ms", "500");
        p.put("group.consumer.heartbeat.interval.ms", "1000");
        p.put("group.min.session.timeout.ms", "3000");

        p.putAll(settings.brokerProperties());
        return p;
    }

    private static String address(String listener, BoundListeners listeners) {
        return listener + "://127.0.0.1:" + listeners.port(listener);
    }
}
