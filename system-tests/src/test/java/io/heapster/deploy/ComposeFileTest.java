package io.heapster.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.heapster.contract.bus.TopicSpec;
import io.heapster.contract.bus.Topics;
import io.heapster.contract.flag.FlagSet;
import io.heapster.contract.flag.FlagValues;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.scraper.source.SourceFactory;
import io.heapster.scraper.source.host.HostSourceFactory;
import io.heapster.sink.influxdb.InfluxDbSinkFactory;
import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docker-compose.yml against the names the code has: services, flags, settings, ports, topics, files. */
class ComposeFileTest {
    private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{(\\w+)(:-([^}]*))?}");
    private static final Pattern TOPIC = Pattern.compile("(?m)^topic (\\S+) (\\d+) (\\d+)$");
    private static final Pattern SETTING = Pattern.compile("`([a-z]+\\.[a-z.-]+)`");
    private static final Pattern NAMES_PORT = Pattern.compile("127\\.0\\.0\\.1[/:](\\d+)");

    /** Service of the file → module it runs. */
    private static final Map<String, String> OURS = Map.of(
            "scraper-host", "scraper-service",
            "scraper-cluster", "scraper-service",
            "model-service", "model-service",
            "sink-service", "sink-service");

    private static String text;
    private static JsonNode services;

    @BeforeAll
    static void read() throws IOException {
        Path file = DeployFiles.ROOT.resolve("docker-compose.yml");
        text = Files.readString(file);
        services = DeployFiles.yaml(file).path("services");
    }

    @Test
    void imagesAreBuiltFromTheModulesTheyAreCalledAfter() {
        OURS.forEach((name, module) -> {
            JsonNode service = services.path(name);
            assertThat(service.path("image").asText()).isEqualTo("heapster/" + module + ":2.0.0");
            assertThat(service.at("/build/context").asText()).isEqualTo(module);
            assertThat(service.at("/build/dockerfile").asText()).isEqualTo("src/main/docker/Dockerfile.jvm");
            assertThat(DeployFiles.ROOT.resolve(module)).isDirectory();
        });
    }

    @Test
    void everyImageHasAVersionAndKafkaThatOfItsClients() throws IOException {
        String pom = Files.readString(DeployFiles.ROOT.resolve("pom.xml"));

        services.forEach(service -> assertThat(service.path("image").asText())
                .matches("[a-z/-]+:v?\\d[\\d.]+")
                .doesNotContain("latest"));
        for (String kafka : List.of("kafka", "topics")) {
            String version = services.at("/" + kafka + "/image").asText().replace("apache/kafka:", "");
            assertThat(pom).contains("<kafka.version>" + version + "</kafka.version>");
        }
    }

    @Test
    void portsAreThoseTheServicesListenOnAndOnlyThisMachineSeesThem() throws IOException {
        for (Map.Entry<String, String> ours : OURS.entrySet()) {
            JsonNode service = services.path(ours.getKey());
            String port = setting(ours.getValue(), "quarkus.http.port");
            assertThat(service.path("ports"))
                    .singleElement()
                    .extracting(JsonNode::asText)
                    .isEqualTo("${HEAPSTER_BIND:-127.0.0.1}:" + port + ":" + port);
            assertThat(portOf(service.path("healthcheck"))).isEqualTo(port);
        }
        services.forEach(service -> service.path("ports")
                .forEach(port -> assertThat(port.asText()).startsWith("${HEAPSTER_BIND:-127.0.0.1}:")));
    }

    @Test
    void prometheusReadsEveryServiceAtItsPort() throws IOException {
        Map<String, String> read = new HashMap<>();
        JsonNode jobs = DeployFiles.yaml(DeployFiles.DEPLOY.resolve("prometheus/prometheus.yml"))
                .path("scrape_configs");
        for (JsonNode job : jobs) {
            assertThat(job.path("metrics_path").asText()).isEqualTo("/q/metrics");
            for (JsonNode names : job.path("dns_sd_configs")) {
                names.path("names")
                        .forEach(name ->
                                read.put(name.asText(), names.path("port").asText()));
            }
        }

        Map<String, String> expected = new HashMap<>();
        for (Map.Entry<String, String> ours : OURS.entrySet()) {
            expected.put(ours.getKey(), setting(ours.getValue(), "quarkus.http.port"));
        }
        assertThat(read).isEqualTo(expected);
    }

    @Test
    void commandsAreFlagsTheServicesTake() throws Exception {
        Map<String, String> flagsOf = Map.of(
                "scraper-service", "io.heapster.scraper.ScraperFlags#SET",
                "model-service", "io.heapster.model.ModelMain#FLAGS",
                "sink-service", "io.heapster.sink.SinkMain#FLAGS");
        for (Map.Entry<String, String> ours : OURS.entrySet()) {
            FlagValues given = flags(flagsOf.getOrDefault(ours.getValue(), ""))
                    .parse(texts(services.path(ours.getKey()).path("command")).toArray(String[]::new));

            assertThat(given.notices()).as(ours.getKey()).isEmpty();
        }
    }

    @Test
    void sourcesAndSinksHaveOnlyOptionsThatExist() throws IOException {
        SourceFactory host = new HostSourceFactory();
        ComponentUri machine = uri("scraper-host", "--source=");
        assertThat(host.keys()).contains(machine.key());
        assertThat(host.options()).containsAll(optionsOf("scraper-host"));

        String kubernetes = Files.readString(DeployFiles.DOCS.resolve("sources/kubernetes.md"));
        assertThat(uri("scraper-cluster", "--source=").key()).isEqualTo("kubernetes.summary_api");
        assertThat(optionsOf("scraper-cluster")).isNotEmpty().allSatisfy(option -> assertThat(kubernetes)
                .contains("| `" + option + "` |"));

        InfluxDbSinkFactory influx = new InfluxDbSinkFactory();
        assertThat(uri("sink-service", "--sink=").key()).isEqualTo(influx.key());
        assertThat(influx.options()).containsAll(optionsOf("sink-service"));
        // The dashboards ask for the names of the default schema.
        assertThat(optionsOf("sink-service")).doesNotContain("schema", "withfields", "avoidColumns");
    }

    @Test
    void environmentIsMadeOfSettings() throws IOException {
        Set<String> known = new HashSet<>();
        Matcher settings = SETTING.matcher(Files.readString(DeployFiles.DOCS.resolve("settings.md")));
        while (settings.find()) {
            known.add(settings.group(1).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"));
        }

        OURS.keySet().forEach(name -> assertThat(known)
                .as(name)
                .containsAll(namesOf(services.path(name).path("environment"))));
    }

    @Test
    void topicsAreMadeAsTheServicesWould() throws IOException {
        String script = Files.readString(DeployFiles.DEPLOY.resolve("compose/topics.sh"));
        List<TopicSpec> made = new ArrayList<>();
        Matcher topics = TOPIC.matcher(script);
        while (topics.find()) {
            made.add(new TopicSpec(
                    topics.group(1),
                    Integer.parseInt(topics.group(2)),
                    Duration.ofMillis(Long.parseLong(topics.group(3)))));
        }

        assertThat(made).containsExactlyElementsOf(Topics.ALL);
        assertThat(script).contains("compression.type=lz4", "cleanup.policy=delete", "segment.ms=\"$(($3 / 8))\"");
    }

    @Test
    void ourServicesRunWithNoRightsAndLeaveNoTraces() {
        OURS.keySet().forEach(name -> {
            JsonNode service = services.path(name);
            assertThat(service.path("read_only").asBoolean()).as(name).isTrue();
            assertThat(service.path("user").asText())
                    .as(name)
                    .doesNotStartWith("0")
                    .isNotEqualTo("root");
            assertThat(texts(service.path("cap_drop"))).as(name).containsExactly("ALL");
            assertThat(texts(service.path("security_opt"))).as(name).containsExactly("no-new-privileges:true");
            assertThat(texts(service.path("tmpfs"))).as(name).containsExactly("/tmp");
            assertThat(service.has("privileged")).as(name).isFalse();
        });
        services.path("scraper-host").path("volumes").forEach(volume -> assertThat(
                        volume.path("read_only").asBoolean())
                .isTrue());
    }

    @Test
    void whatIsWaitedForCanComeTrue() {
        for (JsonNode service : services) {
            for (Map.Entry<String, JsonNode> awaited :
                    service.path("depends_on").properties()) {
                JsonNode other = services.path(awaited.getKey());
                String condition = awaited.getValue().path("condition").asText();
                assertThat(other.isObject()).as(awaited.getKey()).isTrue();
                if (condition.equals("service_healthy")) {
                    assertThat(other.has("healthcheck")).as(awaited.getKey()).isTrue();
                } else {
                    assertThat(condition).isEqualTo("service_completed_successfully");
                    assertThat(other.has("restart")).as(awaited.getKey()).isFalse();
                }
            }
        }
    }

    @Test
    void filesAreThereAndGrafanaGetsAllThatItsProvisioningAsksFor() throws IOException {
        for (JsonNode service : services) {
            for (JsonNode volume : service.path("volumes")) {
                if (volume.asText().startsWith("./")) {
                    assertThat(DeployFiles.ROOT.resolve(volume.asText().split(":", -1)[0]))
                            .exists();
                }
            }
        }
        Set<String> given = namesOf(services.path("grafana").path("environment"));
        Set<String> asked = new TreeSet<>();
        Matcher variables = VARIABLE.matcher(
                Files.readString(DeployFiles.DEPLOY.resolve("grafana/provisioning/datasources/heapster.yaml")));
        while (variables.find()) {
            asked.add(variables.group(1));
        }
        assertThat(asked).isNotEmpty();
        assertThat(given).containsAll(asked);
        String dashboards = DeployFiles.yaml(
                        DeployFiles.DEPLOY.resolve("grafana/provisioning/dashboards/heapster.yaml"))
                .at("/providers/0/options/path")
                .asText();
        assertThat(texts(services.path("grafana").path("volumes")))
                .contains("./deploy/grafana/dashboards:" + dashboards + ":ro");
        assertThat(texts(services.path("sink-service").path("command")).get(0))
                .contains("db="
                        + services.at("/grafana/environment/HEAPSTER_INFLUXDB_DATABASE")
                                .asText() + "&");
    }

    @Test
    void everyVariableHasADefaultAndIsOnThePage() throws IOException {
        String page = Files.readString(DeployFiles.DOCS.resolve("install-compose.md"));
        Map<String, String> defaults = new TreeMap<>();
        Matcher variables = VARIABLE.matcher(text);
        while (variables.find()) {
            String before = defaults.put(variables.group(1), String.valueOf(variables.group(3)));
            assertThat(before).as(variables.group(1)).isIn(null, variables.group(3));
        }

        assertThat(defaults).isNotEmpty().allSatisfy((name, value) -> assertThat(page)
                .contains("| `" + name + "` | `" + value + "` |"));
    }

    private static FlagSet flags(String field) throws ReflectiveOperationException {
        String[] parts = field.split("#");
        Field constant = Class.forName(parts[0]).getDeclaredField(parts[1]);
        constant.setAccessible(true);
        return (FlagSet) constant.get(null);
    }

    private static ComponentUri uri(String service, String flag) {
        String command = texts(services.path(service).path("command")).get(0);
        assertThat(command).startsWith(flag);
        return ComponentUri.parse(withDefaults(command.substring(flag.length())), Map.of());
    }

    private static Set<String> optionsOf(String service) {
        String command =
                withDefaults(texts(services.path(service).path("command")).get(0));
        Set<String> options = new HashSet<>();
        for (String option : command.substring(command.indexOf('?') + 1).split("&", -1)) {
            options.add(option.split("=", 2)[0]);
        }
        return options;
    }

    private static String withDefaults(String value) {
        return VARIABLE.matcher(value).replaceAll(variable -> variable.group(3));
    }

    private static String setting(String module, String key) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(
                DeployFiles.ROOT.resolve(module + "/src/main/resources/application.properties"))) {
            properties.load(in);
        }
        return properties.getProperty(key, "");
    }

    private static String portOf(JsonNode healthcheck) {
        Matcher port = NAMES_PORT.matcher(healthcheck.path("test").toString());
        return port.find() ? port.group(1) : "";
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static Set<String> namesOf(JsonNode map) {
        Set<String> names = new TreeSet<>();
        map.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
