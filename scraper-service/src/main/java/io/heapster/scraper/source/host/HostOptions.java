package io.heapster.scraper.source.host;

import io.heapster.contract.uri.ComponentUri;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Options of the source {@code host}.
 *
 * @param cluster label of the samples
 * @param node name of this machine
 * @param root where the machine's {@code /} is seen, such as {@code /host} inside a container
 * @param maxCgroups how many control groups are read at most
 */
record HostOptions(String cluster, String node, Path root, int maxCgroups) {
    static final Set<String> NAMES = Set.of("cluster_name", "node", "root", "max_cgroups");

    static HostOptions of(ComponentUri uri) {
        Path root = Path.of(uri.option("root").orElse("/"));
        if (!Files.isDirectory(root.resolve("proc"))) {
            throw uri.wrong("root", root.toString(), "a directory under which the machine's proc is mounted");
        }
        return new HostOptions(
                uri.option("cluster_name").orElse("default"),
                uri.option("node").filter(name -> !name.isBlank()).orElseGet(() -> hostName(root)),
                root,
                uri.intOption("max_cgroups", 2_000, 1, 100_000));
    }

    private static String hostName(Path root) {
        try {
            String name =
                    Files.readString(root.resolve("proc/sys/kernel/hostname")).strip();
            if (!name.isEmpty()) {
                return name;
            }
        } catch (IOException e) {
            // Not every /proc has it: the resolver knows a name too.
            return resolvedName();
        }
        return resolvedName();
    }

    private static String resolvedName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
