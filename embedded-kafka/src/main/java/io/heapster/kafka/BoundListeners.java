package io.heapster.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The loopback listeners, bound before the broker is configured: the configuration must name the ports, and a
 * port that was only looked up could be taken by somebody else before the broker binds it.
 */
final class BoundListeners implements ServerSocketFactory, AutoCloseable {

    private static final int BACKLOG = 128;
    private static final InetAddress LOOPBACK = loopback();

    private final Map<String, ServerSocketChannel> channels;

    private BoundListeners(Map<String, ServerSocketChannel> channels) {
        this.channels = channels;
    }

    /** @param further names of listeners on any port, beside the clients' and the controller's */
    static BoundListeners bind(int clientPort, Set<String> further) {
        Map<String, ServerSocketChannel> bound = new HashMap<>();
        try {
            bound.put(BrokerProperties.CLIENTS, channel(clientPort));
            bound.put(BrokerProperties.CONTROLLER, channel(0));
            for (String name : further) {
                bound.put(name, channel(0));
            }
            return new BoundListeners(Map.copyOf(bound));
        } catch (BrokerStartException e) {
            bound.values().forEach(BoundListeners::close);
            throw e;
        }
    }

    InetSocketAddress address(String listener) {
        return new InetSocketAddress(LOOPBACK, channelOf(listener).socket().getLocalPort());
    }

    int port(String listener) {
        return address(listener).getPort();
    }

    @Override
    public ServerSocketChannel openServerSocket(
            String listener, InetSocketAddress address, int backlog, int receiveBuffer) throws IOException {
        ServerSocketChannel channel = channelOf(listener);
        channel.configureBlocking(false);
        return channel;
    }

    /** Closes what the broker has not closed already. */
    @Override
    public void close() {
        channels.values().forEach(BoundListeners::close);
    }

    private ServerSocketChannel channelOf(String listener) {
        ServerSocketChannel channel = channels.get(listener);
        if (channel == null) {
            throw new IllegalArgumentException("no listener " + listener);
        }
        return channel;
    }

    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }

    private static ServerSocketChannel channel(int port) {
        ServerSocketChannel channel = null;
        try {
            channel = ServerSocketChannel.open();
            channel.bind(new InetSocketAddress(LOOPBACK, port), BACKLOG);
            return channel;
        } catch (IOException e) {
            if (channel != null) {
                close(channel);
            }
            throw new BrokerStartException(
                    "Kafka cannot listen on 127.0.0.1:" + port + " (" + e.getMessage()
                            + "): stop what uses the port or give another, 0 for any",
                    e);
        }
    }

    private static void close(ServerSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was accepted on it that could be lost.
        }
    }
}
