package io.heapster.simulator;

import io.heapster.simulator.cluster.ClusterShape;
import io.heapster.simulator.cluster.Fault;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param shape the cluster
 * @param listening the servers
 * @param faults what is wrong from the start with how many nodes
 * @param churnPerMinute share of the pods made again every minute
 * @param directory where kubeconfig, token and CA are written
 */
record SimulatorOptions(
        ClusterShape shape,
        Simulator.Listening listening,
        List<FaultShare> faults,
        double churnPerMinute,
        Path directory) {

    static final String HELP = """
            Usage: java -cp … io.heapster.simulator.SimulatorMain [--option=value]…

            Simulates the API server and all kubelets of a cluster on this machine's loopback addresses.
            Writes kubeconfig, token and ca.crt into a directory, prints the kubeconfig's path and stays until killed.

              --nodes=N               nodes (10)
              --pods=N                pods a node (30)
              --daemon-pods=N         further host-network pods a node (0)
              --containers=MEAN       mean number of containers a pod, 1 to 3 (1.3)
              --namespaces=N          namespaces beside kube-system (10)
              --seed=N                chooses names and rates (1)
              --born=TIME             when counters began, 2026-11-01T00:00:00Z
              --sample-spread=15s     how old a sample may be when answered
              --pressure=BOOL         whether documents carry psi and io blocks (true)
              --fault=KIND:SHARE      a fault on this share of the nodes, repeatable; KIND is hang, slow=2s, truncated,
                                      garbage, status=500, reset, notready or refused
              --churn=SHARE           share of the pods made again every minute (0)
              --tls=BOOL              TLS on both servers (true)
              --kubelet-name=NAME     name in the kubelets' certificate (kubelet.simulated)
              --api-port=N            port of the API server (any)
              --kubelet-port=N        port of the kubelets (any)
              --directory=PATH        where the files go (a new temporary directory)
            """;

    /** A fault and the share of the nodes that have it. */
    record FaultShare(Fault fault, double share) {}

    /**
     * Reads arguments of the form {@code --name=value}.
     *
     * @param defaultDirectory used when no directory is named
     * @throws IllegalArgumentException names the argument and what is wrong with it
     */
    static SimulatorOptions parse(String[] arguments, Path defaultDirectory) {
        int nodes = 10;
        int pods = 30;
        int daemonPods = 0;
        double containers = 1.3;
        int namespaces = 10;
        long seed = 1;
        Instant born = ClusterShape.of(0, 0).bornAt();
        Duration spread = Duration.ofSeconds(15);
        boolean pressure = true;
        List<FaultShare> faults = new ArrayList<>();
        double churn = 0;
        boolean tls = true;
        String kubeletName = Simulator.Listening.KUBELET_NAME;
        int apiPort = 0;
        int kubeletPort = 0;
        Path directory = defaultDirectory;
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            String value = parts.length == 2 ? parts[1] : "";
            try {
                switch (parts[0]) {
                    case "--nodes" -> nodes = Integer.parseInt(value);
                    case "--pods" -> pods = Integer.parseInt(value);
                    case "--daemon-pods" -> daemonPods = Integer.parseInt(value);
                    case "--containers" -> containers = Double.parseDouble(value);
                    case "--namespaces" -> namespaces = Integer.parseInt(value);
                    case "--seed" -> seed = Long.parseLong(value);
                    case "--born" -> born = Instant.parse(value);
                    case "--sample-spread" -> spread = Duration.parse("PT" + value);
                    case "--pressure" -> pressure = flag(value);
                    case "--fault" -> faults.add(fault(value));
                    case "--churn" -> churn = share(value);
                    case "--tls" -> tls = flag(value);
                    case "--kubelet-name" -> kubeletName = value;
                    case "--api-port" -> apiPort = Integer.parseInt(value);
                    case "--kubelet-port" -> kubeletPort = Integer.parseInt(value);
                    case "--directory" -> directory = Path.of(value);
                    default -> throw new IllegalArgumentException("unknown option, see --help");
                }
            } catch (IllegalArgumentException | DateTimeException e) {
                throw new IllegalArgumentException(argument + ": " + e.getMessage(), e);
            }
        }
        ClusterShape shape = ClusterShape.of(nodes, pods)
                .withDaemonPods(daemonPods)
                .withContainers(3, containers)
                .withNamespaces(namespaces)
                .withSeed(seed)
                .withBirth(born)
                .withSampleSpread(spread)
                .withPressure(pressure);
        Simulator.Listening listening = new Simulator.Listening(tls, kubeletName, apiPort, kubeletPort);
        return new SimulatorOptions(shape, listening, faults, churn, directory);
    }

    private static FaultShare fault(String value) {
        int colon = value.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("the share is missing: write hang:0.05");
        }
        return new FaultShare(Fault.parse(value.substring(0, colon)), share(value.substring(colon + 1)));
    }

    private static double share(String value) {
        double share = Double.parseDouble(value);
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share lies between 0 and 1");
        }
        return share;
    }

    private static boolean flag(String value) {
        return switch (value) {
            case "true", "" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("true or false");
        };
    }
}
