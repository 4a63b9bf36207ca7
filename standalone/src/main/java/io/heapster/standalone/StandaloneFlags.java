package io.heapster.standalone;

import io.heapster.contract.flag.Flag;
import io.heapster.contract.flag.FlagSet;
import io.heapster.contract.flag.FlagValues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The command line of {@code ./heapster up}: Heapster's own flags, and what a broker in the house needs. */
final class StandaloneFlags {
    private static final Duration LEAST_RESOLUTION = Duration.ofSeconds(5);
    private static final Duration LEAST_RETENTION = Duration.ofMinutes(30);

    private final FlagSet flags = new FlagSet(
            """
            usage: ./heapster up [flags]

            Reads sources, keeps the last 15 minutes for the model API, and writes to sinks: everything in one
            process with a Kafka broker of its own. Without --source it watches the cluster it runs in or the
            one of your kubeconfig, and where there is none, this machine.""",
            List.of(
                    Flag.repeated(
                            "source",
                            "URI",
                            "Where samples come from, PREFIX:CONFIG[?OPTIONS]: kubernetes.summary_api:, "
                                    + "kubernetes:, cadvisor:external, host:. Repeatable."),
                    Flag.repeated(
                            "sink",
                            "URI",
                            "Where points go, for instance influxdb:http://127.0.0.1:8086 or log. " + "Repeatable."),
                    Flag.value(
                            "metric_resolution",
                            "DURATION",
                            "10s",
                            "How often every node is read; at least 5s. The services "
                                    + "by themselves take Heapster's 60s."),
                    Flag.value(
                            "model_resolution",
                            "DURATION",
                            "10s",
                            "Finer samples than this are merged in the model API; the model service by itself takes "
                                    + "Heapster's 30s."),
                    Flag.value("heapster_port", "PORT", "8082", "Port of the model API, health and metrics.")
                            .orAs("port"),
                    Flag.value("listen_ip", "ADDRESS", "127.0.0.1", "Address to serve on; 0.0.0.0 serves everybody."),
                    Flag.value("data_dir", "DIRECTORY", "~/.heapster", "Where Kafka keeps its data."),
                    Flag.value(
                            "retention",
                            "DURATION",
                            "24h",
                            "How long Kafka keeps what a sink has not taken; at least 30m."),
                    Flag.value(
                            "label_separator",
                            "TEXT",
                            ",",
                            "Between the labels that are joined into the label 'labels'."),
                    Flag.repeated(
                            "store_label", "LABEL", "Pod label to store as a label of its own, as name or new=name."),
                    Flag.repeated("only_label", "LABEL", "Label that the label 'labels' is made of; none: all."),
                    Flag.repeated("ignore_label", "LABEL", "Pod label to leave out of the label 'labels'."),
                    Flag.value("events", "true|false", "true", "Whether Kubernetes events go to the sinks, too."),
                    Flag.value(
                            "sink_api_token_file",
                            "FILE",
                            "",
                            "Token to show when replacing the sinks, POST /api/v1/sinks; without it nobody can."),
                    Flag.ignored(
                            "max_procs", "N", "the JVM uses the processors it is given; limit the container instead"),
                    Flag.ignored("stats_resolution", "DURATION", "use --metric_resolution"),
                    Flag.ignored("sink_frequency", "DURATION", "every sink writes at its own pace"),
                    Flag.ignored(
                            "cache_duration", "DURATION", "Kafka keeps what a sink has not taken; use --retention"),
                    Flag.ignored("use_model", "", "the model is always there"),
                    Flag.ignored(
                            "sink_export_data_timeout",
                            "DURATION",
                            "a slow sink loses nothing, so there is no time-out"),
                    Flag.ignored("v", "N", "set HEAPSTER_JAVA_OPTS=-Dquarkus.log.level=DEBUG"),
                    Flag.ignored(
                            "vmodule", "TEXT", "set HEAPSTER_JAVA_OPTS=-Dquarkus.log.category.\"NAME\".level=DEBUG"),
                    Flag.ignored("logtostderr", "", "logs go to the terminal")));

    FlagValues parse(String... args) {
        return flags.parse(args);
    }

    String help() {
        return flags.help();
    }

    Path dataDirectory(FlagValues values) {
        String text = values.text("data_dir");
        return text.startsWith("~/")
                ? Path.of(System.getProperty("user.home"), text.substring(2))
                : Path.of(text).toAbsolutePath();
    }

    Duration retention(FlagValues values) {
        return values.duration("retention", LEAST_RETENTION);
    }

    /** The services' settings that the given flags stand for; the defaults are in application.properties. */
    Map<String, String> settings(FlagValues values) {
        Map<String, String> settings = new LinkedHashMap<>();
        indexed(settings, "heapster.scraper.sources", values.all("source"));
        indexed(settings, "heapster.sink.sinks", values.all("sink"));
        indexed(settings, "heapster.scraper.store-labels", values.list("store_label"));
        indexed(settings, "heapster.scraper.only-labels", values.list("only_label"));
        indexed(settings, "heapster.scraper.ignore-labels", values.list("ignore_label"));
        if (values.isGiven("events")) {
            settings.put("heapster.scraper.events", values.text("events"));
        }
        if (values.isGiven("sink_api_token_file")) {
            settings.put("heapster.sink.api.token-file", values.text("sink_api_token_file"));
        }
        if (values.isGiven("label_separator")) {
            settings.put("heapster.scraper.label-separator", values.text("label_separator"));
            settings.put("heapster.model.label-separator", values.text("label_separator"));
        }
        if (values.isGiven("metric_resolution")) {
            settings.put("heapster.metric-resolution", seconds(values.duration("metric_resolution", LEAST_RESOLUTION)));
        }
        if (values.isGiven("model_resolution")) {
            settings.put(
                    "heapster.model.resolution", seconds(values.duration("model_resolution", Duration.ofSeconds(1))));
        }
        if (values.isGiven("heapster_port")) {
            settings.put("quarkus.http.port", Integer.toString(values.number("heapster_port", 0, 65_535)));
        }
        if (values.isGiven("listen_ip")) {
            settings.put("quarkus.http.host", values.text("listen_ip"));
        }
        return settings;
    }

    /** By position, since a URI may hold the comma that separates a plain list. */
    private static void indexed(Map<String, String> settings, String key, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            // The configuration would expand ${X} itself, and fail where X is unknown; in a URI that is the URI's
            // matter.
            settings.put(key + "[" + i + "]", values.get(i).replace("${", "\\${"));
        }
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
