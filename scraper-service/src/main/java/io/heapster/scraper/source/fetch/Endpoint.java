package io.heapster.scraper.source.fetch;

/**
 * Where somebody is asked.
 *
 * @param address an IP address without brackets, or a name
 * @param serverName the name its certificate has to carry; the address if empty
 */
public record Endpoint(String address, int port, boolean https, String serverName) {
    /** Without a name of its own. */
    public Endpoint(String address, int port, boolean https) {
        this(address, port, https, "");
    }

    /** Host as it stands in a URL and is checked against the certificate. */
    public String host() {
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
