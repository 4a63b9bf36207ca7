package io.heapster.benchmark.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A class of this class path with a JVM of its own, spoken with by lines on its standard streams. */
final class ChildProcess implements AutoCloseable {
    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter orders;

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        this.orders = new PrintWriter(process.outputWriter(UTF_8), true);
    }

    static ChildProcess start(Class<?> main, Path errors, List<String> jvm, List<String> arguments) throws IOException {
        return start("", main, errors, jvm, arguments);
    }

    /** @param cores as {@code taskset} has them; empty for all */
    static ChildProcess start(String cores, Class<?> main, Path errors, List<String> jvm, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        if (!cores.isEmpty()) {
            command.addAll(List.of("taskset", "-c", cores));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        return new ChildProcess(main.getSimpleName(), process);
    }

    /** Binds a process with all its threads, and those they start from now on, to these cores. */
    static void bind(long pid, String cores) throws IOException, InterruptedException {
        int status = new ProcessBuilder("taskset", "-a", "-c", "-p", cores, Long.toString(pid))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("taskset ended with " + status);
        }
    }

    long pid() {
        return process.pid();
    }

    void order(String line) {
        orders.println(line);
    }

    /** The rest of its next line that begins with this word. */
    String await(String word) throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(word)) {
                return line.substring(word.length()).trim();
            }
        }
        throw new IOException(name + " ended before it said '" + word + "'");
    }

    ProcessFigures figures() {
        return ProcessFigures.of(process.pid());
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
