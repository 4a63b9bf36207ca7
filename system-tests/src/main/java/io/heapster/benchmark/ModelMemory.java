package io.heapster.benchmark;

import io.heapster.contract.wire.SampleBatchEncoder;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints what a pod takes in the model: fills the store of a JVM of its own with 10,000 pods and 30 ticks of 30 s. The
 * load is made here and sent there as the bytes of its records. Arguments replace the options of the measured JVM.
 */
public final class ModelMemory {
    static final int NODES = 100;
    static final int PODS_A_NODE = 100;
    static final int TICKS = 30;

    private static final List<String> JVM_OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xms16m",
            "-Xmn8m",
            "-Xmx512m",
            "-XX:MinHeapFreeRatio=5",
            "-XX:MaxHeapFreeRatio=10");

    private ModelMemory() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> options = args.length == 0 ? JVM_OPTIONS : List.of(args);
        System.out.println("JVM: " + String.join(" ", options));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), FilledStore.class.getName()));
        Process store = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (DataOutputStream records = new DataOutputStream(store.getOutputStream())) {
            send(records);
        }
        System.exit(store.waitFor());
    }

    private static void send(DataOutputStream records) throws IOException {
        send(records, 1);
        send(records, NODES);
    }

    private static void send(DataOutputStream records, int count) throws IOException {
        List<TickingNode> nodes = new ArrayList<>();
        for (int node = 0; node < count; node++) {
            nodes.add(new TickingNode(node, PODS_A_NODE));
        }
        SampleBatchEncoder encoder = new SampleBatchEncoder();
        for (int tick = 0; tick < TICKS; tick++) {
            for (TickingNode node : nodes) {
                byte[] record = encoder.encode(node.next());
                records.writeInt(record.length);
                records.write(record);
            }
        }
    }
}
