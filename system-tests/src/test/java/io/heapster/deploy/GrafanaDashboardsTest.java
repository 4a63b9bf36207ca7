package io.heapster.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.deploy.GrafanaDashboard.Query;
import io.heapster.deploy.GrafanaDashboard.Variable;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboards ask for nothing that the sink does not write with {@code schema=v0}, or the services do not tell. */
class GrafanaDashboardsTest {
    private static final Map<String, Metric> SERIES =
            MetricCatalogue.declared().stream().collect(Collectors.toMap(Metric::seriesName, metric -> metric));
    private static final Set<String> TYPES =
            Arrays.stream(EntityType.values()).map(EntityType::label).collect(Collectors.toSet());
    private static final Pattern NAME = Pattern.compile("(FROM |AS |KEY = )?\"([^\"]+)\"");
    private static final Pattern TYPE = Pattern.compile("\"type\" = '([^']*)'");
    private static final Pattern VARIABLE = Pattern.compile("\\$([a-z]\\w*)");
    private static final Pattern TAG_IN_ALIAS = Pattern.compile("\\$tag_(\\w+)");
    private static final Set<String> OF_GRAFANA = Set.of("timeFilter");

    @Test
    void everyDashboardIsFoundAndToldApartForEver() throws IOException {
        List<GrafanaDashboard> dashboards = GrafanaDashboard.all();

        assertThat(dashboards)
                .extracting(GrafanaDashboard::uid)
                .containsExactlyInAnyOrder(
                        "heapster-cluster",
                        "heapster-nodes",
                        "heapster-namespaces",
                        "heapster-pods",
                        "heapster-pipeline");
        for (GrafanaDashboard dashboard : dashboards) {
            // With an id Grafana takes the file for one of its own database.
            assertThat(dashboard.json().has("id")).as(dashboard.name()).isFalse();
            assertThat(dashboard.panels())
                    .as(dashboard.name())
                    .extracting(panel -> panel.path("id").asInt())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void panelsAreOfCurrentTypesAndDoNotOverlap() throws IOException {
        for (GrafanaDashboard dashboard : GrafanaDashboard.all()) {
            Set<List<Integer>> taken = new HashSet<>();
            for (JsonNode panel : dashboard.panels()) {
                String what = dashboard.name() + " / " + panel.path("title").asText();
                assertThat(panel.path("type").asText()).as(what).isIn("timeseries", "stat", "table", "row");
                JsonNode place = panel.path("gridPos");
                assertThat(place.path("x").asInt() + place.path("w").asInt())
                        .as(what)
                        .isLessThanOrEqualTo(24);
                for (int x = 0; x < place.path("w").asInt(); x++) {
                    for (int y = 0; y < place.path("h").asInt(); y++) {
                        assertThat(taken.add(List.of(
                                        place.path("x").asInt() + x,
                                        place.path("y").asInt() + y)))
                                .as(what)
                                .isTrue();
                    }
                }
                if (!panel.path("type").asText().equals("row")) {
                    assertThat(panel.at("/fieldConfig/defaults/unit").asText())
                            .as("unit of " + what)
                            .isNotEmpty();
                }
            }
        }
    }

    @Test
    void everyDatasourceIsProvisioned() throws IOException {
        Set<String> uids = new HashSet<>();
        DeployFiles.yaml(DeployFiles.DEPLOY.resolve("grafana/provisioning/datasources/heapster.yaml"))
                .path("datasources")
                .forEach(source -> uids.add(source.path("uid").asText()));

        for (GrafanaDashboard dashboard : GrafanaDashboard.all()) {
            dashboard.json().findValues("datasource").forEach(source -> assertThat(
                            source.path("uid").asText())
                    .as(dashboard.name())
                    .isIn(uids));
            assertThat(dashboard.queries()).extracting(Query::datasource).allMatch(uids::contains);
        }
    }

    static Stream<Arguments> influxQueries() throws IOException {
        List<Arguments> queries = new ArrayList<>();
        for (GrafanaDashboard dashboard : GrafanaDashboard.all()) {
            Set<String> variables =
                    dashboard.variables().stream().map(Variable::name).collect(Collectors.toSet());
            for (Query query : dashboard.queries()) {
                if (query.datasource().equals("heapster-influxdb")) {
                    queries.add(arguments(query, variables));
                }
            }
            for (Variable variable : dashboard.variables()) {
                queries.add(arguments(
                        new Query(dashboard.name() + " $" + variable.name(), "", variable.query(), ""), variables));
            }
        }
        return queries.stream();
    }

    @ParameterizedTest
    @MethodSource("influxQueries")
    void aQueryNamesOnlyWhatTheSinkWrites(Query query, Set<String> variables) {
        Set<String> tags = tags();
        Matcher names = NAME.matcher(query.text());
        while (names.find()) {
            String name = names.group(2);
            String before = names.group(1) == null ? "" : names.group(1).strip();
            switch (before) {
                case "FROM" -> assertThat(SERIES).containsKey(name);
                case "AS" -> assertThat(name).isNotEmpty();
                default ->
                    assertThat(name.equals("value") || tags.contains(name))
                            .as(name)
                            .isTrue();
            }
        }
        TYPE.matcher(query.text()).results().forEach(found -> assertThat(TYPES).contains(found.group(1)));
        VARIABLE.matcher(query.text())
                .results()
                .map(found -> found.group(1))
                .filter(name -> !OF_GRAFANA.contains(name))
                .forEach(name -> assertThat(variables).contains(name));
    }

    @ParameterizedTest
    @MethodSource("influxQueries")
    void anAliasNamesOnlyTagsThatTheQueryGroupsBy(Query query, Set<String> variables) {
        String groups = query.text().substring(Math.max(0, query.text().lastIndexOf("GROUP BY")));
        TAG_IN_ALIAS.matcher(query.alias()).results().forEach(tag -> assertThat(groups)
                .contains('"' + tag.group(1) + '"'));
    }

    /** A file system or disk is one series of several: mixed, their mean says nothing. */
    @ParameterizedTest
    @MethodSource("influxQueries")
    void aMetricWithLabelsIsGroupedByThem(Query query, Set<String> variables) {
        if (query.text().startsWith("SHOW")) {
            return;
        }
        Matcher names = NAME.matcher(query.text());
        while (names.find()) {
            if ("FROM ".equals(names.group(1))) {
                Metric metric = SERIES.get(names.group(2));
                assertThat(metric).isNotNull();
                String groups = query.text().substring(query.text().indexOf("GROUP BY"));
                assertThat(metric.labels()).allMatch(label -> groups.contains('"' + label + '"'));
            }
        }
    }

    /** Heapster's dashboards added all points of an interval, so that a wide interval doubled the figures. */
    @ParameterizedTest
    @MethodSource("influxQueries")
    void aSumIsOfOneMeanForEachSeriesAndInterval(Query query, Set<String> variables) {
        if (query.text().contains("sum(")) {
            assertThat(query.text()).containsPattern("sum\\(\"value\"\\)( / 1000)? FROM \\(SELECT mean\\(");
        }
    }

    @Test
    void everySelfMetricAskedForIsOnThePageOfSelfMetrics() throws IOException {
        SelfMetrics known = SelfMetrics.ofPage();
        int asked = 0;
        for (GrafanaDashboard dashboard : GrafanaDashboard.all()) {
            for (Query query : dashboard.queries()) {
                if (query.datasource().equals("heapster-prometheus")) {
                    assertThat(known.unknownIn(query.text()))
                            .as(query.toString())
                            .isEmpty();
                    asked++;
                }
            }
        }

        assertThat(asked).isPositive();
    }

    /** All labels are tags with {@code schema=v0} but the one that only says something of the figures. */
    private static Set<String> tags() {
        Set<String> tags = new HashSet<>(Set.of("pod_namespace"));
        for (Field key : LabelKey.class.getFields()) {
            try {
                tags.add(String.valueOf(key.get(null)));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        tags.remove(LabelKey.HOST_NETWORK);
        return tags;
    }
}
