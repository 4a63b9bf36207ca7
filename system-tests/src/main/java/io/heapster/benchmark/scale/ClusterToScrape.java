package io.heapster.benchmark.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heapster.simulator.Simulator;
import io.heapster.simulator.Simulator.Listening;
import io.heapster.simulator.apiserver.ApiServer;
import io.heapster.simulator.apiserver.ResourceKind;
import io.heapster.simulator.cluster.ClusterShape;
import io.heapster.simulator.cluster.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A simulated cluster to be scraped, as a process of its own. Says {@code kubeconfig} and where that is, when it answers,
 * and hears on its standard input: {@code hang} and a share, {@code asked} for what it was asked so far.
 */
final class ClusterToScrape {
    private final Simulator simulator;

    private ClusterToScrape(Simulator simulator) {
        this.simulator = simulator;
    }

    /** {@code <directory of the kubeconfig> <options of the benchmark>…}. */
    public static void main(String[] args) throws IOException {
        ScrapeOptions options = ScrapeOptions.parse(List.of(args).subList(1, args.length));
        // As kubelets are in the real world: the sample told is up to 15 s old, and never older than the one before.
        ClusterShape shape = ClusterShape.of(options.nodes(), options.pods())
                .withNamespaces(options.namespaces())
                .withPressure(options.pressure())
                .withSampleSpread(Duration.ofSeconds(Math.min(15, options.resolutionSeconds() / 2)));
        Simulator simulator = Simulator.start(shape, options.tls() ? Listening.withTls() : Listening.plain());
        say("kubeconfig " + simulator.kubeconfig().write(Path.of(args[0])).toAbsolutePath());
        new ClusterToScrape(simulator).listen();
        // Whoever started this has ended.
        System.exit(0);
    }

    private void listen() throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] order = line.split(" ", -1);
                switch (order[0]) {
                    case "hang" ->
                        say("hang "
                                + String.join(
                                        " ",
                                        simulator.cluster().spread(new Fault.Hang(), Double.parseDouble(order[1]))));
                    case "asked" -> say("asked " + asked());
                    default -> throw new IllegalArgumentException("not understood: " + line);
                }
            }
        }
    }

    private String asked() {
        ApiServer api = simulator.apiServer().server();
        List<String> kinds = new ArrayList<>();
        for (ResourceKind kind : ResourceKind.values()) {
            kinds.add(kind.plural() + " " + api.lists(kind) + " lists " + api.watchesBegun(kind) + " watches");
        }
        return String.format(
                "%d documents of %.0f B; API server: %d requests, %s",
                simulator.kubelets().requests(),
                (double) simulator.kubelets().documentBytes()
                        / Math.max(1, simulator.kubelets().requests()),
                api.requests(),
                String.join(", ", kinds));
    }

    /** Its standard output is its protocol. */
    private static void say(String line) {
        System.out.println(line);
    }
}
