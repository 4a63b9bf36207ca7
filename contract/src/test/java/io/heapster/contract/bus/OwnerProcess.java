package io.heapster.contract.bus;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A member of a group in a process of its own, which can be killed as a crash would. */
final class OwnerProcess {

    private OwnerProcess() {}

    static Process start(String bootstrapServers, String group, String topic, Path output) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        OwnerProcess.class.getName(),
                        bootstrapServers,
                        group,
                        topic)
                .redirectErrorStream(true)
                .redirectOutput(new File(output.toString()))
                .start();
    }

    public static void main(String[] args) throws InterruptedException {
        PartitionOwnership.Listener listener = new PartitionOwnership.Listener() {
            @Override
            public void taken(int partition, List<BusRecord> history) {}

            @Override
            public void released(int partition) {}
        };
        try (PartitionOwnership ownership = new PartitionOwnership(
                        Map.of("bootstrap.servers", args[0]),
                        args[1],
                        args[2],
                        Duration.ofMinutes(1),
                        Clock.systemUTC(),
                        listener)
                .start()) {
            new CountDownLatch(1).await();
        }
    }
}
