package io.heapster.kafka;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a broker keeps its data and where it listens.
 *
 * @param directory holds everything the broker keeps; made when missing, reopened when not
 * @param port loopback port of the clients' listener; 0 takes any free one
 * @param brokerProperties broker properties (Kafka's names) that win over the small-footprint defaults
 */
public record Settings(Path directory, int port, Map<String, String> brokerProperties) {

    public Settings {
        if (port < 0 || port > 65535) {
            throw new BrokerStartException(
                    "Kafka port " + port + " is not a port: give 1 to 65535, or 0 for any", null);
        }
        brokerProperties = Map.copyOf(brokerProperties);
    }

    /** Data in the given directory, any free port. */
    public static Settings in(Path directory) {
        return new Settings(directory, 0, Map.of());
    }

    public Settings withPort(int newPort) {
        return new Settings(directory, newPort, brokerProperties);
    }

    public Settings with(String brokerProperty, String value) {
        Map<String, String> properties = new LinkedHashMap<>(brokerProperties);
        properties.put(brokerProperty, value);
        return new Settings(directory, port, properties);
    }
}
