package io.heapster.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.heapster.contract.bus.TopicSpec;
import io.heapster.contract.bus.Topics;
import io.heapster.contract.flag.FlagSet;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.deploy.KubernetesManifests.Kustomization;
import io.heapster.sink.influxdb.InfluxDbSinkFactory;
import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.ArrayList;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** deploy/kubernetes against the names the code has: images, flags, settings, ports, probes, topics, metrics. */
class KubernetesManifestsTest {
    private static final Map<String, String> FLAGS = Map.of(
            "scraper", "io.heapster.scraper.ScraperFlags#SET",
            "model", "io.heapster.model.ModelMain#FLAGS",
            "sink", "io.heapster.sink.SinkMain#FLAGS");
    private static final Pattern TOPIC = Pattern.compile("(?m)^topic (\\S+) (\\d+) (\\d+) (\\d+)$");
    private static final Pattern SETTING = Pattern.compile("`([a-z]+\\.[a-z.-]+)`");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");

    @ParameterizedTest
    @ValueSource(strings = {"scraper", "model", "sink"})
    void theImageIsTheModulesAndOfItsVersion(String service) throws IOException {
        assertThat(container(service).path("image").asText()).isEqualTo("heapster/" + service + "-service");
        String pom = Files.readString(DeployFiles.ROOT.resolve("pom.xml"));
        for (JsonNode image : KubernetesManifests.kustomization("base").node().path("images")) {
            assertThat(pom).contains("<version>" + image.path("newTag").asText() + "-SNAPSHOT</version>");
        }
    }

    @Test
    void everyImageHasAVersionAndKafkaThatOfItsClients() throws IOException {
        String pom = Files.readString(DeployFiles.ROOT.resolve("pom.xml"));
        Set<String> versions = new TreeSet<>();
        for (Kustomization kustomization : KubernetesManifests.kustomizations()) {
            kustomization.node().path("images").forEach(image -> {
                versions.add(image.path("name").asText());
                assertThat(image.path("newTag").asText()).matches("\\d[\\d.]+");
                if (image.path("name").asText().equals("apache/kafka")) {
                    assertThat(pom)
                            .contains("<kafka.version>" + image.path("newTag").asText() + "</kafka.version>");
                }
            });
        }
        for (String kind : List.of("Deployment", "StatefulSet", "Job")) {
            KubernetesManifests.objects(kind).forEach(workload -> assertThat(versions)
                    .contains(workload.at("/spec/template/spec/containers/0/image")
                            .asText()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scraper", "model", "sink"})
    void portsAndProbesAreThoseTheServiceServes(String service) throws IOException {
        JsonNode container = container(service);
        String port = port(service);
        assertThat(container.at("/ports/0/containerPort").asText()).isEqualTo(port);
        assertThat(KubernetesManifests.texts(container.path("args"))).contains("--port=" + port);
        JsonNode front = KubernetesManifests.object("Service", "heapster-" + service);
        assertThat(front.at("/spec/ports/0/port").asText()).isEqualTo(port);
        assertThat(front.at("/spec/ports/0/targetPort").asText()).isEqualTo("http");
        for (Map.Entry<String, String> probe : Map.of(
                        "startupProbe", "started", "livenessProbe", "live", "readinessProbe", "ready")
                .entrySet()) {
            JsonNode get = container.path(probe.getKey()).path("httpGet");
            assertThat(get.path("path").asText()).isEqualTo("/q/health/" + probe.getValue());
            assertThat(get.path("port").asText()).isEqualTo("http");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scraper", "model", "sink"})
    void everyArgumentIsAFlagTheServiceTakes(String service) throws ReflectiveOperationException {
        List<String> arguments =
                new ArrayList<>(KubernetesManifests.texts(container(service).path("args")));
        container(service).path("args").forEach(argument -> assertThat(argument.isTextual())
                .as("%s is a text and not a map, for lack of quotes", argument)
                .isTrue());
        arguments.addAll(patched(service));

        var given = flags(service).parse(arguments.toArray(String[]::new));
        assertThat(given.notices()).isEmpty();
    }

    @Test
    void sourcesAndSinksExistWithTheirOptions() throws IOException {
        List<String> sources =
                new ArrayList<>(KubernetesManifests.texts(container("scraper").path("args")));
        sources.addAll(patched("scraper"));
        assertThat(sources.stream().filter(argument -> argument.startsWith("--source=")))
                .containsExactly("--source=kubernetes.summary_api:", "--source=kubernetes:");

        for (String argument : patched("sink")) {
            assertThat(argument).startsWith("--sink=");
            ComponentUri uri =
                    ComponentUri.parse(argument.substring("--sink=".length()), Map.of("INFLUXDB_TOKEN", "secret"));
            Set<String> known = uri.key().equals("influxdb")
                    ? new HashSet<>(new InfluxDbSinkFactory().options())
                    : optionsOnPage("sinks/" + uri.key() + ".md");
            assertThat(known).as(argument).containsAll(optionsOf(argument));
        }
    }

    @Test
    void theEnvironmentIsMadeOfSettings() throws IOException {
        Set<String> known = new HashSet<>();
        Matcher settings = SETTING.matcher(Files.readString(DeployFiles.DOCS.resolve("settings.md")));
        while (settings.find()) {
            known.add(settings.group(1).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"));
        }
        for (Kustomization kustomization : KubernetesManifests.kustomizations()) {
            for (String literal : kustomization.settings()) {
                String name = literal.substring(0, literal.indexOf('='));
                // kafka.* goes to Kafka's clients as it is
                assertThat(name.startsWith("KAFKA_") || known.contains(name))
                        .as(name)
                        .isTrue();
            }
        }
    }

    @Test
    void selectorsChooseThePodsOfTheirOwnService() {
        for (String service : FLAGS.keySet()) {
            Kustomization folder = KubernetesManifests.kustomization("base/" + service);
            Map<String, String> labels = map(folder.node().at("/labels/0/pairs"));
            assertThat(labels).containsEntry("app.kubernetes.io/component", service);
            assertThat(folder.node().at("/labels/0/includeTemplates").asBoolean())
                    .isTrue();
            for (JsonNode object : folder.objects()) {
                for (String selector : List.of("matchLabels", "selector")) {
                    object.findValues(selector).stream()
                            .filter(chosen -> !chosen.has("matchLabels"))
                            .forEach(chosen -> assertThat(map(chosen)).isEqualTo(labels));
                }
            }
        }
        assertThat(map(KubernetesManifests.object("Service", "heapster").at("/spec/selector")))
                .isEqualTo(map(
                        KubernetesManifests.object("Service", "heapster-model").at("/spec/selector")));
    }

    @Test
    void topicsAreMadeAsTheServicesWould() throws IOException, ReflectiveOperationException {
        Map<String, Map<String, String>> wanted = new TreeMap<>();
        Method configuration = TopicSpec.class.getDeclaredMethod("configuration");
        configuration.setAccessible(true);
        for (TopicSpec topic : Topics.ALL) {
            Map<String, String> settings = new TreeMap<>();
            ((Map<?, ?>) configuration.invoke(topic)).forEach((key, value) -> settings.put(key + "", value + ""));
            settings.put("partitions", topic.partitions() + "");
            wanted.put(topic.name(), settings);
        }

        Map<String, Map<String, String>> strimzi = new TreeMap<>();
        for (JsonNode topic : KubernetesManifests.objects("KafkaTopic")) {
            Map<String, String> settings = map(topic.at("/spec/config"));
            settings.put("partitions", topic.at("/spec/partitions").asText());
            strimzi.put(KubernetesManifests.nameOf(topic), settings);
        }
        assertThat(strimzi).isEqualTo(wanted);

        String script = Files.readString(KubernetesManifests.FOLDER.resolve("components/kafka-topics-job/topics.sh"));
        Map<String, Map<String, String>> job = new TreeMap<>();
        Matcher topics = TOPIC.matcher(script);
        while (topics.find()) {
            Map<String, String> settings = new TreeMap<>(Map.of(
                    "partitions", topics.group(2), "retention.ms", topics.group(3), "segment.ms", topics.group(4)));
            Matcher same = Pattern.compile("--config ([a-z.]+)=([A-Za-z0-9]+)").matcher(script);
            while (same.find()) {
                settings.put(same.group(1), same.group(2));
            }
            job.put(topics.group(1), settings);
        }
        assertThat(job).isEqualTo(wanted);
    }

    @Test
    void theAutoscalersMetricIsOneThatTheSinkTells() throws IOException {
        JsonNode metric = KubernetesManifests.object("HorizontalPodAutoscaler", "heapster-sink")
                .at("/spec/metrics/0/pods/metric/name");
        assertThat(SelfMetrics.ofPage().unknownIn(metric.asText())).isEmpty();
        assertThat(Files.readString(
                        KubernetesManifests.FOLDER.resolve("components/autoscaling/prometheus-adapter.yaml")))
                .contains("matches: " + metric.asText());
    }

    @Test
    void grafanaHasAllThatItsProvisioningAsksForAndTheRootUrlOfItsWay() throws IOException {
        JsonNode grafana =
                KubernetesManifests.object("Deployment", "monitoring-grafana").at("/spec/template/spec/containers/0");
        Set<String> given = new TreeSet<>();
        grafana.path("env").forEach(variable -> given.add(variable.path("name").asText()));
        Matcher asked = VARIABLE.matcher(
                Files.readString(DeployFiles.DEPLOY.resolve("grafana/provisioning/datasources/heapster.yaml")));
        while (asked.find()) {
            assertThat(given).contains(asked.group(1));
        }
        assertThat(rootUrl("grafana-apiserver-proxy"))
                .isEqualTo("/api/v1/namespaces/$(NAMESPACE)/services/monitoring-grafana/proxy/");
        assertThat(given).contains("NAMESPACE");
        assertThat(rootUrl("grafana-node-port")).isEqualTo("/");
    }

    private static String rootUrl(String component) {
        return KubernetesManifests.kustomization("components/" + component).patches().stream()
                .flatMap(patch -> patch.content().findParents("name").stream())
                .filter(variable -> variable.path("name").asText().equals("GF_SERVER_ROOT_URL"))
                .map(variable -> variable.path("value").asText())
                .findFirst()
                .orElse("");
    }

    private static JsonNode container(String service) {
        return KubernetesManifests.object("Deployment", "heapster-" + service).at("/spec/template/spec/containers/0");
    }

    /** Arguments that components and overlays add or put in another's place. */
    private static List<String> patched(String service) {
        List<String> arguments = new ArrayList<>();
        KubernetesManifests.patches().stream()
                .filter(patch -> patch.isFor("Deployment", "heapster-" + service))
                .forEach(patch -> patch.content().forEach(operation -> {
                    if (operation.path("path").asText().contains("/args/")
                            && !operation.path("op").asText().equals("test")) {
                        arguments.add(operation.path("value").asText());
                    }
                }));
        return arguments;
    }

    private static FlagSet flags(String service) throws ReflectiveOperationException {
        String[] parts = FLAGS.getOrDefault(service, "").split("#", -1);
        Field constant = Class.forName(parts[0]).getDeclaredField(parts[1]);
        constant.setAccessible(true);
        return (FlagSet) constant.get(null);
    }

    private static String port(String service) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(
                DeployFiles.ROOT.resolve(service + "-service/src/main/resources/application.properties"))) {
            properties.load(in);
        }
        return properties.getProperty("quarkus.http.port", "");
    }

    private static Set<String> optionsOf(String argument) {
        Set<String> options = new TreeSet<>();
        for (String option : argument.substring(argument.indexOf('?') + 1).split("&", -1)) {
            options.add(option.split("=", 2)[0]);
        }
        return options;
    }

    private static Set<String> optionsOnPage(String page) throws IOException {
        Set<String> options = new TreeSet<>();
        Matcher rows =
                Pattern.compile("(?m)^\\| `([a-z_]+)` \\|").matcher(Files.readString(DeployFiles.DOCS.resolve(page)));
        while (rows.find()) {
            options.add(rows.group(1));
        }
        return options;
    }

    private static Map<String, String> map(JsonNode node) {
        Map<String, String> map = new TreeMap<>();
        node.properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
        return map;
    }
}
