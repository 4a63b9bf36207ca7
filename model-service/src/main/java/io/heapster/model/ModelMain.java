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
                    Flag.value("cluster", "NAME", "", "The cluster meant by a request that names none"),
                    Flag.value("tls_cert", "FILE", "", "The server's certificate as PEM; with --tls_key"),
                    Flag.value("tls_key", "FILE", "", "The key of --tls_cert as PEM"),
                    Flag.value(
                            "secure_port",
                            "PORT",
                            "",
                            "Serve TLS on this port and plain HTTP on --port; without it TLS is all there is, on --port"),
                    Flag.value("tls_client_ca", "FILE", "", "Who signs the certificates of the model API's callers"),
                    Flag.value(
                            "allowed_users", "NAMES", "", "Common names of callers' certificates, with commas between"),
                    Flag.value(
                            "metrics_api_access",
                            "auto|delegated|off",
                            "auto",
                            "Whether the API server says who may read metrics.k8s.io; auto: in a pod with --tls_cert"),
                    Flag.value(
                            "requestheader_client_ca_file",
                            "FILE",
                            "",
                            "Who signs the front proxy's certificate; without it the cluster's config map says"),
                    Flag.value(
                            "requestheader_allowed_names",
                            "NAMES",
                            "",
                            "Common names of the front proxy's certificate, with commas between"),
                    Flag.value("client_ca_file", "FILE", "", "Who signs the certificates of the cluster's users")));

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
        access(flags, settings);
        return settings;
    }

    private static void access(FlagValues flags, Map<String, String> settings) {
        String access = "heapster.model.access.";
        copy(flags, "tls_cert", access + "tls-cert", settings);
        copy(flags, "tls_key", access + "tls-key", settings);
        copy(flags, "tls_client_ca", access + "tls-client-ca", settings);
        copy(flags, "allowed_users", access + "allowed-users", settings);
        copy(flags, "metrics_api_access", access + "metrics-api", settings);
        copy(flags, "requestheader_client_ca_file", access + "requestheader-client-ca", settings);
        copy(flags, "requestheader_allowed_names", access + "requestheader-allowed-names", settings);
        copy(flags, "client_ca_file", access + "client-ca", settings);
        if (flags.isGiven("secure_port")) {
            settings.put("quarkus.http.ssl-port", Integer.toString(flags.number("secure_port", 0, 65_535)));
        } else if (flags.isGiven("tls_cert")) {
            settings.put("quarkus.http.ssl-port", Integer.toString(flags.number("port", 0, 65_535)));
            settings.put("quarkus.http.insecure-requests", "disabled");
        }
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
