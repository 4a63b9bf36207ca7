package io.heapster.scraper.source.cadvisor;

/**
 * Where somebody is asked by HTTP.
 *
 * @param host an IP address without brackets, or a name
 */
record Endpoint(String host, int port, boolean https) {
    /** Host as it stands in a URL. */
    String hostInUrl() {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    /** As a URL without path. */
    @Override
    public String toString() {
        return (https ? "https://" : "http://") + hostInUrl() + ":" + port;
    }
}
