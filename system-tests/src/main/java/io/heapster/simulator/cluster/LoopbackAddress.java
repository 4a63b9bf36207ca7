package io.heapster.simulator.cluster;

/** The loopback address of each node: all of 127/8 reaches this machine, so nodes can share a port and stay apart. */
public final class LoopbackAddress {
    private static final int PER_OCTET = 250;
    private static final int FIRST_OCTET = 10;

    /** Nodes with an address of their own. */
    public static final int MAX_INDEX = 200 * PER_OCTET * PER_OCTET;

    private LoopbackAddress() {}

    /** The address of a node: 127.10.0.1 for index 0. */
    public static String of(int index) {
        int third = index / PER_OCTET;
        return "127." + (FIRST_OCTET + third / PER_OCTET) + "." + third % PER_OCTET + "." + (1 + index % PER_OCTET);
    }

    /** The index of the node with this address, or -1 when it is nobody's. */
    public static int indexOf(String address) {
        String[] octets = address.split("\\.", -1);
        if (octets.length != 4 || !octets[0].equals("127")) {
            return -1;
        }
        try {
            int second = Integer.parseInt(octets[1]) - FIRST_OCTET;
            int third = Integer.parseInt(octets[2]);
            int fourth = Integer.parseInt(octets[3]) - 1;
            boolean valid = second >= 0 && third >= 0 && third < PER_OCTET && fourth >= 0 && fourth < PER_OCTET;
            return valid ? (second * PER_OCTET + third) * PER_OCTET + fourth : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
