package io.heapster.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heapster.kafka.EmbeddedKafka;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;

/** A Kafka broker in a JVM of its own, so that it can be killed; started again it has the same data and port. */
final class BrokerProcess implements AutoCloseable {
    private final Path directory;
    private final int port;
    private Process process;

    private BrokerProcess(Path directory, Process process, int port) {
        this.directory = directory;
        this.process = process;
        this.port = port;
    }

    static BrokerProcess start(Path directory) throws IOException {
        Process process = launch(directory, 0);
        return new BrokerProcess(directory, process, awaitPort(process));
    }

    private static Process launch(Path directory, int port) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx384m",
                        "-cp",
                        classPath,
                        EmbeddedKafka.class.getName(),
                        directory.resolve("data").toString(),
                        Integer.toString(port)))
                .redirectError(directory.resolve("broker.log").toFile())
                .start();
    }

    private static int awaitPort(Process process) throws IOException {
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("127.0.0.1:")) {
                return Integer.parseInt(line.substring("127.0.0.1:".length()));
            }
        }
        throw new IOException("the broker ended before it served");
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void resume() throws IOException {
        process = launch(directory, port);
        awaitPort(process);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
