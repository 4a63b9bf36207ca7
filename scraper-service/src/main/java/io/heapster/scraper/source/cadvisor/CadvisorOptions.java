package io.heapster.scraper.source.cadvisor;

import io.heapster.contract.uri.ComponentUri;
import io.heapster.scraper.source.fetch.Endpoint;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a {@code cadvisor:} URI says.
 *
 * @param discovery how machines are found
 * @param clusterName the label of all samples
 * @param port of every cAdvisor
 * @param timeout longest time of a reading, where the schedule would allow a longer one
 * @param bodyLimit most bytes of an answer
 * @param hostsFile with {@link Discovery#EXTERNAL}: where the buddy writes
 * @param fleetEndpoints with {@link Discovery#FLEET}: who may be asked for machines
 */
record CadvisorOptions(
        Discovery discovery,
        String clusterName,
        int port,
        Duration timeout,
        int bodyLimit,
        Path hostsFile,
        List<Endpoint> fleetEndpoints) {

    static final Set<String> NAMES = Set.of(
            "cluster_name",
            "cadvisorPort",
            "cadvisorTimeout",
            "cadvisorBodyLimit",
            "hostsFile",
            "standalone",
            "fleetEndpoint");

    private static final String HOSTS_FILE = "/var/run/heapster/hosts";
    private static final String FLEET_ENDPOINT = "http://127.0.0.1:4001";

    /** Where the machines are known. */
    enum Discovery {
        /** A hosts file. */
        EXTERNAL("external"),
        /** Nowhere: it is this machine. */
        STANDALONE("standalone"),
        /** A fleet cluster. */
        FLEET("fleet");

        private final String text;

        Discovery(String text) {
            this.text = text;
        }

        /** The word in metrics and logs. */
        String text() {
            return text;
        }
    }

    /** @throws IllegalArgumentException if the URI is wrong: one line with the option, its value and the cure */
    static CadvisorOptions of(ComponentUri uri) {
        Discovery discovery =
                switch (uri.path()) {
                    case "external" ->
                        uri.booleanOption("standalone", false) ? Discovery.STANDALONE : Discovery.EXTERNAL;
                    case "coreos", "fleet" -> Discovery.FLEET;
                    default ->
                        throw new IllegalArgumentException("source cadvisor: '" + uri.path()
                                + "' says no way to find machines, give cadvisor:external, cadvisor:coreos or"
                                + " cadvisor:fleet");
                };
        Path hostsFile =
                Path.of(uri.option("hostsFile").filter(file -> !file.isEmpty()).orElse(HOSTS_FILE));
        if (discovery == Discovery.EXTERNAL && !Files.isReadable(hostsFile)) {
            throw uri.wrong(
                    "hostsFile",
                    hostsFile.toString(),
                    "a file that can be read, by starting its buddy first; or standalone=true for this machine alone");
        }
        Duration timeout = uri.durationOption("cadvisorTimeout", Duration.ofSeconds(10));
        if (timeout.toMillis() < 1) {
            throw uri.wrong("cadvisorTimeout", timeout.toString(), "a duration of 1ms or more");
        }
        return new CadvisorOptions(
                discovery,
                uri.option("cluster_name").filter(name -> !name.isEmpty()).orElse("default"),
                uri.intOption("cadvisorPort", 8_080, 1, 65_535),
                timeout,
                uri.intOption("cadvisorBodyLimit", 64 << 20, 1 << 10, 1 << 30),
                hostsFile,
                fleetEndpoints(uri));
    }

    private static List<Endpoint> fleetEndpoints(ComponentUri uri) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (String text : uri.options("fleetEndpoint")) {
            endpoints.add(endpoint(uri, text));
        }
        return endpoints.isEmpty() ? List.of(endpoint(uri, FLEET_ENDPOINT)) : List.copyOf(endpoints);
    }

    private static Endpoint endpoint(ComponentUri uri, String text) {
        try {
            URI url = new URI(text);
            boolean https = "https".equals(url.getScheme());
            String host = url.getHost();
            if (host != null && (https || "http".equals(url.getScheme()))) {
                int port = url.getPort() == -1 ? (https ? 443 : 80) : url.getPort();
                return new Endpoint(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port, https);
            }
        } catch (URISyntaxException e) {
            // as a URL without a host
        }
        throw uri.wrong("fleetEndpoint", text, "the URL of fleet's API or of an etcd, such as " + FLEET_ENDPOINT);
    }
}
