package io.heapster.sink;

import io.heapster.contract.flag.Flag;
import io.heapster.contract.flag.FlagSet;
import io.heapster.contract.flag.FlagValues;
import io.heapster.contract.flag.InvalidFlagException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintStream;
import java.util.List;

/** The command of the sink service: flags become settings, which win over files and the environment. */
@QuarkusMain(name = "sink")
public final class SinkMain {
    private static final FlagSet FLAGS = new FlagSet(
            "sink-service [flags]\nWrites the samples on Kafka to every sink named.",
            List.of(
                    Flag.repeated(
                            "sink", "URI", "Where to write, for instance influxdb:http://host:8086?db=k8s or log"),
                    Flag.value("kafka", "HOST:PORT", "", "Kafka's bootstrap servers"),
                    Flag.value("port", "PORT", "8083", "Port of the status API, health and metrics")));

    private SinkMain() {}

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
            List<String> sinks = flags.all("sink");
            for (int i = 0; i < sinks.size(); i++) {
                // The configuration would replace ${X} itself, and fail where X is unknown; a URI must not.
                System.setProperty(
                        "heapster.sink.sinks[" + i + "]", sinks.get(i).replace("${", "\\${"));
            }
            set(flags, "kafka", "kafka.bootstrap.servers");
            set(flags, "port", "quarkus.http.port");
            return -1;
        } catch (InvalidFlagException e) {
            err.println(e.getMessage());
            return 2;
        }
    }

    private static void set(FlagValues flags, String flag, String property) {
        if (flags.isGiven(flag)) {
            System.setProperty(property, flags.text(flag));
        }
    }
}
