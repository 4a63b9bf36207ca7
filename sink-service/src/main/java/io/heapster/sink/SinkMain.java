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
            "sink-service [flags]\nWrites the samples on Kafka to every sink named. With --replay_dead_letters it writes"
                    + " what a backend\nrefused once more, after the reason was mended, and ends.",
            List.of(
                    Flag.repeated(
                            "sink", "URI", "Where to write, for instance influxdb:http://host:8086?db=k8s or log"),
                    Flag.value("kafka", "HOST:PORT", "", "Kafka's bootstrap servers"),
                    Flag.value("port", "PORT", "8083", "Port of the status API, health and metrics"),
                    Flag.value(
                            "sink_api_token_file",
                            "FILE",
                            "",
                            "Token to show when replacing the sinks, POST /api/v1/sinks; without it nobody can"),
                    Flag.value(
                            "replay_dead_letters",
                            "SINK",
                            "",
                            "Name of the sink whose dead letters to write once more"),
                    Flag.onOff("dry_run", "Only count the dead letters"),
                    Flag.value("reason", "TEXT", "", "Only dead letters whose reason contains this"),
                    Flag.value("since", "TIME", "", "Only those put aside since, 2026-11-21T10:00:00Z or 2h for ago"),
                    Flag.value("until", "TIME", "", "Only those put aside before")));
    private static final List<String> OF_REPLAY = List.of("dry_run", "reason", "since", "until");

    private SinkMain() {}

    public static void main(String... args) {
        int status = prepare(System.out, System.err, args);
        if (status >= 0) {
            System.exit(status);
        }
        if (System.getProperty(ReplayCommand.SINK) == null) {
            Quarkus.run();
        } else {
            Quarkus.run(ReplayCommand.class);
        }
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
            set(flags, "sink_api_token_file", ReplacementToken.SETTING);
            setReplay(flags);
            return -1;
        } catch (InvalidFlagException e) {
            err.println(e.getMessage());
            return 2;
        }
    }

    private static void setReplay(FlagValues flags) {
        if (flags.isGiven("replay_dead_letters")) {
            set(flags, "replay_dead_letters", ReplayCommand.SINK);
            for (String flag : OF_REPLAY) {
                set(flags, flag, "heapster.sink.replay." + flag.replace('_', '-'));
            }
            // The service may run beside it, on its port. What is logged must not mix with what is said.
            System.setProperty("quarkus.http.host-enabled", "false");
            System.setProperty("quarkus.log.console.stderr", "true");
            System.setProperty("quarkus.log.level", "WARN");
            System.setProperty("quarkus.banner.enabled", "false");
            return;
        }
        for (String flag : OF_REPLAY) {
            if (flags.isGiven(flag)) {
                throw new InvalidFlagException("--" + flag + " goes only with --replay_dead_letters=SINK");
            }
        }
    }

    private static void set(FlagValues flags, String flag, String property) {
        if (flags.isGiven(flag)) {
            System.setProperty(property, flags.text(flag));
        }
    }
}
