package io.heapster.scraper.source.kubernetes.fetch;

/**
 * Where a kubelet is asked.
 *
 * @param address IP address without brackets
 * @param serverName the name its certificate has to carry; the address if empty
 */
public record KubeletEndpoint(String address, int port, boolean https, String serverName) {
    /** Host as it stands in a URL and is checked against the certificate. */
    String host() {
        return serverName.isEmpty() ? addressInUrl() : serverName;
    }

    private String addressInUrl() {
        return address.indexOf(':') >= 0 ? "[" + address + "]" : address;
    }

    /** As a URL without path. */
    @Override
    public String toString() {
        return (https ? "https://" : "http://") + addressInUrl() + ":" + port;
    }
}
