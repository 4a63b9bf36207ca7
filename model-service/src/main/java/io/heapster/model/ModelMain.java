package io.heapster.model;

import io.heapster.contract.flag.Flag;
import io.heapster.contract.flag.FlagSet;
import io.heapster.contract.flag.FlagValues;
import io.heapster.contract.flag.InvalidFlagException;
import io.heapster.contract.uri.Durations;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The command of the model service: flags become settings, which win over files and the environment. */
@QuarkusMain(name = "model")
public final class ModelMain {
    private static final FlagSet FLAGS = new FlagSet(
            "model-service [flags]\nKeeps the last 15 minutes of all samples on Kafka and serves them over HTTP.",
            List.of(
                    Flag.value("kafka", "HOST:PORT", "", "Kafka's bootstrap servers"),
                    Flag.value("port", "PORT", "8082", "Port of the model API").orAs("heapster-port"),
                    Flag.value("listen_ip", "ADDRESS", "0.0.0.0", "Address to listen on"),
                    Flag.value("window", "DURATION", "15m", "How long every sample is kept"),
                    Flag.value("model_resolution", "DURATION", "30s", "Finer samples are merged to this"),
                    Flag.value("label_separator", "TEXT", ",", "Between two labels in the label 'labels'"),
                    Flag.value("metric_resolution", "DURATION", "60s", "The scrapers' resolution"),
                    Flag.value("cluster", "NAME", "", "The cluster meant by a request that names none")));

    private ModelMain() {}

    public static void main(String... args) {
        int status = prepare(System.out, System.err, args);
        if (status >= 0) {
            System.exit(status);
        }
        Quarkus.run();
    }

    /** The status to exit with, or −1 to go on. */
    static int prepare(PrintStream out, PrintStream err, String... args) {
        try {
            FlagValues flags = FLAGS.parse(args);
            if (flags.helpRequested()) {
                out.print(FLAGS.help());
                return 0;
            }
            settings(flags).forEach(System::setProperty);
            return -1;
        } catch (InvalidFlagException e) {
            err.println(e.getMessage());
            return 2;
        }
    }

    static Map<String, String> settings(FlagValues flags) {
        Map<String, String> settings = new LinkedHashMap<>();
        copy(flags, "kafka", "kafka.bootstrap.servers", settings);
        copy(flags, "listen_ip", "quarkus.http.host", settings);
        copy(flags, "cluster", "heapster.model.cluster", settings);
        copy(flags, "label_separator", "heapster.model.label-separator", settings);
        if (flags.isGiven("port")) {
            settings.put("quarkus.http.port", Integer.toString(flags.number("port", 0, 65_535)));
        }
        duration(flags, "window", "heapster.model.window", settings);
        duration(flags, "model_resolution", "heapster.model.resolution", settings);
        duration(flags, "metric_resolution", "heapster.metric-resolution", settings);
        return settings;
    }

    private static void copy(FlagValues flags, String flag, String key, Map<String, String> settings) {
        if (flags.isGiven(flag)) {
            settings.put(key, flags.text(flag));
        }
    }

    private static void duration(FlagValues flags, String flag, String key, Map<String, String> settings) {
        if (flags.isGiven(flag)) {
            settings.put(key, Durations.print(flags.duration(flag, Duration.ofSeconds(1))));
        }
    }
}
