package io.heapster.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** In which form a service was built. */
public enum ServiceProgram {
    /** For a JVM: what {@code ./mvnw package} leaves. */
    JAR("./mvnw -pl %s -am package -DskipTests") {
        @Override
        Path file(Path module) {
            return module.resolve("target/quarkus-app/quarkus-run.jar");
        }

        @Override
        List<String> launcher(Path file, List<String> options, List<String> settings) {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(options);
            command.addAll(settings);
            command.addAll(List.of("-jar", file.toString()));
            return command;
        }
    },

    /** What {@code ./mvnw package -Dnative} leaves. */
    EXECUTABLE("system-tests/native %s") {
        @Override
        Path file(Path module) {
            Path target = module.resolve("target");
            if (!Files.isDirectory(target)) {
                return target.resolve("*-runner");
            }
            try (DirectoryStream<Path> found = Files.newDirectoryStream(target, "*-runner")) {
                for (Path file : found) {
                    return file;
                }
                return target.resolve("*-runner");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        List<String> launcher(Path file, List<String> options, List<String> settings) {
            List<String> command = new ArrayList<>();
            command.add(file.toString());
            command.addAll(options);
            command.addAll(settings);
            return command;
        }
    };

    private final String build;

    ServiceProgram(String build) {
        this.build = build;
    }

    abstract Path file(Path module);

    abstract List<String> launcher(Path file, List<String> options, List<String> settings);

    public boolean isBuilt(Path root, String module) {
        return Files.exists(file(root.resolve(module)));
    }

    /** Bytes of all that has to be there beside the JVM, if it takes one. */
    public long bytes(Path root, String module) {
        Path file = file(root.resolve(module));
        Path whole = this == JAR ? file.resolveSibling(".") : file;
        try (var files = Files.walk(whole)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(each -> each.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The command that starts it.
     *
     * @param root of the repository
     * @param module such as {@code model-service}
     * @param options of the JVM or of the executable's run time, such as {@code -Xmx64m}
     * @throws IllegalStateException if it was not built; with the command that builds it
     */
    public List<String> command(Path root, String module, List<String> options, Map<String, String> settings) {
        Path file = file(root.resolve(module));
        if (!Files.exists(file)) {
            throw new IllegalStateException(file + " is missing: run " + String.format(build, module));
        }
        List<String> properties = new ArrayList<>();
        new TreeMap<>(settings).forEach((key, value) -> properties.add("-D" + key + "=" + value));
        return launcher(file, options, properties);
    }
}
