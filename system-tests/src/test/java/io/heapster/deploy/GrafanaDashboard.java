package io.heapster.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One dashboard as provisioned. */
record GrafanaDashboard(String name, JsonNode json) {
    private static final Path DIRECTORY = DeployFiles.DEPLOY.resolve("grafana/dashboards");

    /**
     * What one panel asks a datasource.
     *
     * @param panel the panel's title, for messages
     * @param text InfluxQL or PromQL
     * @param alias how its series are called
     */
    record Query(String panel, String datasource, String text, String alias) {
        @Override
        public String toString() {
            return panel + ": " + text;
        }
    }

    /** A variable of the dashboard whose values a query finds. */
    record Variable(String name, String query) {}

    static List<GrafanaDashboard> all() throws IOException {
        List<GrafanaDashboard> dashboards = new ArrayList<>();
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                dashboards.add(new GrafanaDashboard(String.valueOf(file.getFileName()), DeployFiles.json(file)));
            }
        }
        return dashboards;
    }

    String uid() {
        return json.path("uid").asText();
    }

    List<JsonNode> panels() {
        List<JsonNode> panels = new ArrayList<>();
        json.path("panels").forEach(panels::add);
        return panels;
    }

    List<Query> queries() {
        List<Query> queries = new ArrayList<>();
        for (JsonNode panel : panels()) {
            for (JsonNode target : panel.path("targets")) {
                boolean influx = target.has("query");
                queries.add(new Query(
                        name + " / " + panel.path("title").asText(),
                        panel.path("datasource").path("uid").asText(),
                        target.path(influx ? "query" : "expr").asText(),
                        target.path(influx ? "alias" : "legendFormat").asText()));
            }
        }
        return queries;
    }

    List<Variable> variables() {
        List<Variable> variables = new ArrayList<>();
        for (JsonNode variable : json.path("templating").path("list")) {
            variables.add(new Variable(
                    variable.path("name").asText(), variable.path("query").asText()));
        }
        return variables;
    }

    @Override
    public String toString() {
        return name;
    }
}
