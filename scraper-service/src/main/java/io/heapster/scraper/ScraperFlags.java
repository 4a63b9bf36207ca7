package io.heapster.scraper;

import io.heapster.contract.flag.Flag;
import io.heapster.contract.flag.FlagSet;
import io.heapster.contract.flag.FlagValues;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Heapster's flags as far as they concern the scraper, and the settings they stand for. */
final class ScraperFlags {
    private static final String ELSEWHERE = "the model and the sinks are services of their own now";

    static final FlagSet SET = new FlagSet(
            "usage: scraper [flags]\nReads the resource usage of nodes at every tick and publishes it to Kafka.",
            List.of(
                    Flag.repeated(
                            "source",
                            "URI",
                            "where samples come from, such as kubernetes.summary_api: or host:;"
                                    + " none: the cluster if there is one, else this machine"),
                    Flag.value("metric_resolution", "DURATION", "60s", "how often every node is read, at least 5s"),
                    Flag.value("scrape_timeout", "DURATION", "", "how long a node may take to answer"),
                    Flag.value("kafka", "HOST:PORT,…", "localhost:9092", "where Kafka is"),
                    Flag.value("heapster-port", "PORT", "8081", "port of the HTTP server")
                            .orAs("port"),
                    Flag.value("listen_ip", "ADDRESS", "", "address the HTTP server listens at; none: all"),
                    Flag.value("label_separator", "TEXT", ",", "between two labels in the label 'labels'"),
                    Flag.repeated("store_label", "[NEW=]KEY", "label of pods and nodes that is also stored by itself"),
                    Flag.repeated("only_label", "KEY", "label that the label 'labels' is made of; none: all"),
                    Flag.repeated("ignore_label", "KEY", "label that is left out of the label 'labels'"),
                    Flag.value("events", "true|false", "true", "whether Kubernetes events are published too"),
                    Flag.onOff("version", "print the version and end"),
                    Flag.ignored("sink", "URI", ELSEWHERE),
                    Flag.ignored("max_procs", "N", "the JVM uses the processors it is given"),
                    Flag.ignored("disable_export", "", ELSEWHERE),
                    Flag.ignored("disable_metric_sink", "", ELSEWHERE),
                    Flag.ignored("historical_source", "URI", ELSEWHERE),
                    Flag.ignored("sink_export_data_timeout", "DURATION", ELSEWHERE),
                    Flag.ignored("poll_duration", "DURATION", "use --metric_resolution"),
                    Flag.ignored("stats_resolution", "DURATION", "use --metric_resolution"),
                    Flag.ignored("v", "LEVEL", "set quarkus.log.level instead"),
                    Flag.ignored("vmodule", "TEXT", "set quarkus.log.category.\"…\".level instead"),
                    Flag.ignored("logtostderr", "", "the log goes to the standard output")));

    private ScraperFlags() {}

    /**
     * The settings the flags stand for, by key.
     *
     * @throws io.heapster.contract.flag.InvalidFlagException if a value is wrong
     */
    static Map<String, String> settings(FlagValues flags) {
        Map<String, String> settings = new LinkedHashMap<>();
        list(settings, "heapster.scraper.sources", flags.all("source"));
        list(settings, "heapster.scraper.store-labels", flags.list("store_label"));
        list(settings, "heapster.scraper.only-labels", flags.list("only_label"));
        list(settings, "heapster.scraper.ignore-labels", flags.list("ignore_label"));
        if (flags.isGiven("metric_resolution")) {
            var unused = flags.duration("metric_resolution", Duration.ofSeconds(5));
            settings.put(ScraperSettings.RESOLUTION_KEY, flags.text("metric_resolution"));
        }
        if (flags.isGiven("heapster-port")) {
            settings.put("quarkus.http.port", String.valueOf(flags.number("heapster-port", 0, 65_535)));
        }
        copy(settings, flags, "events", "heapster.scraper.events");
        copy(settings, flags, "scrape_timeout", "heapster.scraper.timeout");
        copy(settings, flags, "kafka", "kafka.bootstrap.servers");
        copy(settings, flags, "listen_ip", "quarkus.http.host");
        copy(settings, flags, "label_separator", "heapster.scraper.label-separator");
        return settings;
    }

    private static void copy(Map<String, String> settings, FlagValues flags, String flag, String key) {
        if (flags.isGiven(flag) && !flags.text(flag).isEmpty()) {
            settings.put(key, flags.text(flag));
        }
    }

    private static void list(Map<String, String> settings, String key, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            // The configuration would replace ${X} itself, and fail where X is unknown; a URI must not.
            settings.put(key + "[" + i + "]", values.get(i).replace("${", "\\${"));
        }
    }
}
