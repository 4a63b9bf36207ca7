package io.heapster.kafka;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a broker keeps its data and where it listens.
 *
 * @param directory holds everything the broker keeps; made when missing, reopened when not
 * @param port loopback port of the clients' listener; 0 takes any free one
 * @param brokerProperties broker properties (Kafka's names) that win over the small-footprint defaults
 * @param listeners further listeners, each on any free port of loopback: security protocol by name
 */
public record Settings(Path directory, int port, Map<String, String> brokerProperties, Map<String, String> listeners) {

    public Settings {
        if (port < 0 || port > 65535) {
            throw new BrokerStartException(
                    "Kafka port " + port + " is not a port: give 1 to 65535, or 0 for any", null);
        }
        brokerProperties = Map.copyOf(brokerProperties);
        listeners = Map.copyOf(listeners);
    }

    /** Data in the given directory, any free port. */
    public static Settings in(Path directory) {
        return new Settings(directory, 0, Map.of(), Map.of());
    }

    public Settings withPort(int newPort) {
        return new Settings(directory, newPort, brokerProperties, listeners);
    }

    public Settings with(String brokerProperty, String value) {
        Map<String, String> properties = new LinkedHashMap<>(brokerProperties);
        properties.put(brokerProperty, value);
        return new Settings(directory, port, properties, listeners);
    }

    /** With one more listener: its keys and users are broker properties that begin with {@code listener.name.<name>.}. */
    public Settings withListener(String name, String securityProtocol) {
        Map<String, String> more = new TreeMap<>(listeners);
        more.put(name, securityProtocol);
        return new Settings(directory, port, brokerProperties, more);
    }
}
