package io.heapster.standalone;

import io.heapster.contract.flag.FlagValues;
import io.heapster.contract.flag.InvalidFlagException;
import io.heapster.kafka.BrokerStartException;
import io.heapster.kafka.EmbeddedKafka;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.file.Path;

/** Starts the broker, then the services on it; ends them in the opposite order. */
@QuarkusMain(name = "standalone")
public final class StandaloneMain {
    private static final int WRONG_USAGE = 2;

    private StandaloneMain() {}

    @SuppressWarnings("SystemOut") // this is the command line's own output
    public static void main(String... args) {
        StandaloneFlags flags = new StandaloneFlags();
        try {
            FlagValues values = flags.parse(args);
            if (values.helpRequested()) {
                System.out.print(flags.help());
                return;
            }
            values.notices().forEach(System.err::println);
            Path directory = flags.dataDirectory(values);
            flags.settings(values).forEach(System::setProperty);
            EmbeddedKafka broker = Broker.start(directory, flags.retention(values));
            System.setProperty("kafka.bootstrap.servers", broker.bootstrapServers());
            System.out.printf("Kafka at %s, data in %s%n", broker.bootstrapServers(), directory);
        } catch (InvalidFlagException | BrokerStartException e) {
            System.err.println("heapster: " + e.getMessage());
            System.exit(WRONG_USAGE);
        }
        Quarkus.run(args);
    }
}
