package io.heapster.contract.bus;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.network.ChannelBuilder;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;

/** The user's Kafka client properties, checked as far as that goes without Kafka. */
public final class BusSettings {
    private static final String SERVERS = "bootstrap.servers";
    private static final int LAST_PORT = 65_535;

    private BusSettings() {}

    /**
     * Checks addresses, protocols, key and trust stores, and the login. Whether a host is known is not looked at: names may
     * come later.
     *
     * @param kafka {@code kafka.*} without the prefix
     * @throws IllegalArgumentException with one line: key, value, cure
     */
    public static void check(Map<String, Object> kafka) {
        String servers = kafka.getOrDefault(SERVERS, "").toString();
        for (String server : servers.split(",", -1)) {
            checkAddress(server.strip(), servers);
        }
        if (kafka.getOrDefault("security.protocol", "").toString().startsWith("SASL_")
                && !kafka.containsKey("sasl.jaas.config")
                && System.getProperty("java.security.auth.login.config") == null) {
            throw new IllegalArgumentException(
                    "kafka.sasl.jaas.config: not set, though kafka.security.protocol=" + kafka.get("security.protocol")
                            + ": give the login module with user and password (docs/kafka.md)");
        }
        checkFile(kafka, "ssl.truststore.location");
        checkFile(kafka, "ssl.keystore.location");
        Map<String, Object> withoutLookUp = new HashMap<>(ClientProperties.admin(kafka));
        withoutLookUp.put(SERVERS, "127.0.0.1:1");
        try (ChannelBuilder unused =
                ClientUtils.createChannelBuilder(new AdminClientConfig(withoutLookUp), Time.SYSTEM, new LogContext())) {
            return;
        } catch (KafkaException | IllegalArgumentException e) {
            throw new IllegalArgumentException("kafka.*: " + root(e) + "; see docs/kafka.md");
        }
    }

    private static void checkAddress(String server, String servers) {
        Integer port = Utils.getPort(server);
        String host = Utils.getHost(server);
        if (host == null || host.isEmpty() || port == null || port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("kafka.bootstrap.servers: '" + servers
                    + "' is no list of addresses, give HOST:PORT[,HOST:PORT], for instance kafka:9092 (flag --kafka)");
        }
    }

    private static void checkFile(Map<String, Object> kafka, String key) {
        Object file = kafka.get(key);
        if (file != null && !Files.isReadable(Path.of(file.toString()))) {
            throw new IllegalArgumentException(
                    "kafka." + key + ": '" + file + "' cannot be read, give a file that is there");
        }
    }

    private static String root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause().getMessage() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).strip().replaceAll("\\s+", " ");
    }
}
