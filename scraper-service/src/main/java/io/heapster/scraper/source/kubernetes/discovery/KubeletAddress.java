package io.heapster.scraper.source.kubernetes.discovery;

import io.netty.util.NetUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** At which of a node's addresses its kubelet is asked. */
final class KubeletAddress {
    /** Types in the order of preference. */
    private static final List<String> TYPES = List.of("InternalIP", "LegacyHostIP", "ExternalIP");

    private KubeletAddress() {}

    /**
     * An address as a node's status lists it.
     *
     * @param type for instance {@code InternalIP}
     */
    record Listed(String type, String address) {}

    /** The last address of the best type that is an IP address, without brackets; or null when there is none. */
    static @Nullable String choose(List<Listed> addresses) {
        for (String type : TYPES) {
            for (int i = addresses.size() - 1; i >= 0; i--) {
                Listed listed = addresses.get(i);
                if (listed.type().equals(type) && isIp(listed.address())) {
                    return listed.address();
                }
            }
        }
        return null;
    }

    private static boolean isIp(String address) {
        return NetUtil.isValidIpV4Address(address) || (NetUtil.isValidIpV6Address(address) && !address.startsWith("["));
    }
}
