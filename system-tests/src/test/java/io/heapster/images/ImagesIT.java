package io.heapster.images;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heapster.images.Dockerfile.Copy;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Dockerfiles against the services as built. No engine is needed, and none is used. */
class ImagesIT {
    private static final Path ROOT = Path.of("..");
    private static final String NOBODY = "65532:65532";
    /** With the service's module and the file's name. */
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @CsvSource({
        "scraper-service, Dockerfile.jvm",
        "scraper-service, Dockerfile.native",
        "model-service, Dockerfile.jvm",
        "model-service, Dockerfile.native",
        "sink-service, Dockerfile.jvm",
        "sink-service, Dockerfile.native"
    })
    @interface EachDockerfile {}

    private static final Set<String> LABELS = Set.of("title", "description", "version", "vendor", "documentation");

    @EachDockerfile
    void saysWhoItIsWhereItListensAndThatItIsNotRoot(String module, String name) throws IOException {
        Dockerfile dockerfile = Dockerfile.of(ROOT.resolve(module), name);

        assertThat(dockerfile.only("FROM")).matches("[a-z0-9./-]+:[0-9][0-9.]*");
        assertThat(dockerfile.only("USER")).isEqualTo(NOBODY);
        assertThat(dockerfile.only("EXPOSE")).isEqualTo(port(module));
        Map<String, String> labels = dockerfile.pairs("LABEL");
        Set<String> known = new HashSet<>();
        labels.forEach((key, value) -> {
            assertThat(value).as(key).isNotBlank();
            known.add(key.replace("org.opencontainers.image.", ""));
        });
        assertThat(known).isEqualTo(LABELS);
        assertThat(labels).containsEntry("org.opencontainers.image.title", "heapster/" + module);
        // Arguments of the container must be the service's flags.
        assertThat(dockerfile.only("ENTRYPOINT")).startsWith("[");
        assertThat(dockerfile.all("CMD")).isEmpty();
        assertThat(dockerfile.all("RUN"))
                .as("nothing that a rootless, offline build could not do")
                .isEmpty();
    }

    private static String port(String module) throws IOException {
        Properties properties = new Properties();
        try (InputStream in =
                Files.newInputStream(ROOT.resolve(module).resolve("src/main/resources/application.properties"))) {
            properties.load(in);
        }
        return properties.getProperty("quarkus.http.port", "");
    }

    @EachDockerfile
    void whatItCopiesIsThereAndReachesTheEngine(String module, String name) throws IOException {
        Dockerfile dockerfile = Dockerfile.of(ROOT.resolve(module), name);
        List<String> letThrough = Files.readAllLines(ROOT.resolve(module).resolve(".dockerignore"));

        assertThat(letThrough.get(0)).isEqualTo("*");
        for (Copy copy : dockerfile.copies()) {
            assertThat(letThrough)
                    .anyMatch(line -> line.startsWith("!") && copy.from().startsWith(line.substring(1)));
            if (!copy.from().endsWith("-runner")) {
                assertThat(dockerfile.meant(copy)).as(copy.from()).isNotEmpty();
            }
        }
    }

    @EachDockerfile
    void whatTheImageHoldsStartsAndTakesFlags(String module, String name, @TempDir Path image)
            throws IOException, InterruptedException {
        Dockerfile dockerfile = Dockerfile.of(ROOT.resolve(module), name);
        for (Copy copy : dockerfile.copies()) {
            List<Path> files = dockerfile.meant(copy);
            Assumptions.assumeFalse(
                    files.isEmpty() && copy.from().endsWith("-runner"), "it was not built as an executable");
            for (Path file : files) {
                String to =
                        copy.to() + (copy.from().contains("*") && copy.to().endsWith("/") ? file.getFileName() : "");
                copyTree(file, Path.of(image + to));
            }
        }
        List<String> command = new ArrayList<>();
        dockerfile.entrypoint().forEach(word -> command.add(word.replaceFirst("^/work", image + "/work")));
        if (command.get(0).equals("java")) {
            command.set(
                    0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        }
        command.add("--help");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(dockerfile.pairs("ENV"));
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("--kafka");
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scraper-service", "model-service", "sink-service"})
    void theBillOfMaterialsNamesWhatRunsAndNothingThatOnlyTests(String module) throws IOException {
        Path file = ROOT.resolve(module).resolve("target/bom.json");
        Assumptions.assumeTrue(Files.exists(file), "Maven was offline: its plugin makes none then");
        JsonNode bom = new ObjectMapper().readTree(file.toFile());
        List<String> components = new ArrayList<>();
        bom.path("components")
                .forEach(component -> components.add(component.path("name").asText()));

        assertThat(bom.path("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(bom.path("metadata").path("component").path("name").asText()).isEqualTo(module);
        assertThat(components)
                .contains("contract", "kafka-clients", "quarkus-rest")
                .doesNotContain("junit-jupiter");
        Set<String> jars = new HashSet<>();
        try (Stream<Path> files = Files.list(ROOT.resolve(module).resolve("target/quarkus-app/lib/main"))) {
            files.forEach(jar -> jars.add(jar.getFileName().toString()));
        }
        assertThat(jars)
                .allSatisfy(jar -> assertThat(components).anyMatch(component -> jar.contains("." + component + "-")));
    }
}
