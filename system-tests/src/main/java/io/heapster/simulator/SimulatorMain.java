package io.heapster.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs a simulated cluster as a process of its own. */
public final class SimulatorMain {
    private static final int WRONG_USAGE = 2;

    private SimulatorMain() {}

    /** Starts the cluster the arguments describe and stays until killed. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.print(SimulatorOptions.HELP);
            return;
        }
        SimulatorOptions options;
        try {
            options = SimulatorOptions.parse(arguments, Files.createTempDirectory("heapster-simulator"));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(WRONG_USAGE);
            return;
        }
        Simulator simulator = Simulator.start(options.shape(), options.listening());
        options.faults().forEach(fault -> simulator.cluster().spread(fault.fault(), fault.share()));
        Path kubeconfig = simulator.kubeconfig().write(options.directory());
        System.out.println("kubeconfig=" + kubeconfig.toAbsolutePath());
        System.out.println("api=" + simulator.apiServer().url());
        System.out.println("kubelet-port=" + simulator.kubelets().port());
        CountDownLatch killed = new CountDownLatch(1);
        while (!killed.await(1, TimeUnit.MINUTES)) {
            simulator.cluster().churn(options.churnPerMinute());
        }
    }
}
