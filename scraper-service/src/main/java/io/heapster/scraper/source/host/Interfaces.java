package io.heapster.scraper.source.host;

import static io.heapster.contract.metric.Metrics.NETWORK_RX;
import static io.heapster.contract.metric.Metrics.NETWORK_RX_ERRORS;
import static io.heapster.contract.metric.Metrics.NETWORK_TX;
import static io.heapster.contract.metric.Metrics.NETWORK_TX_ERRORS;

import io.heapster.contract.sample.Samples;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The machine's network: the sum over its physical interfaces. Bridges, tunnels and the like carry the same bytes once
 * more. Where no interface is physical, as inside a container, all but the loopback are summed.
 */
final class Interfaces {
    private final Path proc;
    private final Path devices;
    private final TextFile text;

    Interfaces(Path proc, Path sys, TextFile text) {
        this.proc = proc;
        this.devices = sys.resolve("class/net");
        this.text = text;
    }

    void read(Samples node) {
        if (!sum(true, node)) {
            sum(false, node);
        }
    }

    private boolean sum(boolean physicalOnly, Samples node) {
        // The first process's network is the machine's, also when this process has one of its own.
        if (!text.open(proc.resolve("1/net/dev")) && !text.open(proc.resolve("net/dev"))) {
            return false;
        }
        long received = 0;
        long receiveErrors = 0;
        long sent = 0;
        long sendErrors = 0;
        boolean any = false;
        while (text.nextLine()) {
            String name = text.word();
            int colon = name.indexOf(':');
            if (colon < 0 || !counts(name.substring(0, colon), physicalOnly)) {
                continue;
            }
            // Old kernels leave no blank between the colon and a large number.
            long bytes = colon + 1 < name.length() ? number(name, colon + 1) : text.number();
            if (bytes < 0) {
                continue;
            }
            text.number();
            long errors = text.number();
            for (int i = 0; i < 5; i++) {
                text.number();
            }
            received += bytes;
            receiveErrors += errors;
            sent += text.number();
            text.number();
            sendErrors += text.number();
            any = true;
        }
        if (any) {
            node.add(NETWORK_RX, received);
            node.add(NETWORK_RX_ERRORS, receiveErrors);
            node.add(NETWORK_TX, sent);
            node.add(NETWORK_TX_ERRORS, sendErrors);
        }
        return any;
    }

    private static long number(String text, int from) {
        long value = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = Character.digit(text.charAt(i), 10);
            if (digit < 0) {
                return -1;
            }
            value = 10 * value + digit;
        }
        return value;
    }

    private boolean counts(String name, boolean physicalOnly) {
        return physicalOnly ? Files.exists(devices.resolve(name).resolve("device")) : !name.equals("lo");
    }
}
