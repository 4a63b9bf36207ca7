package io.heapster.scraper;

import io.heapster.contract.flag.FlagValues;
import io.heapster.contract.flag.InvalidFlagException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The command: Heapster's flags in, settings out, then the application. */
@QuarkusMain(name = "scraper")
public final class ScraperMain {
    private ScraperMain() {}

    public static void main(String... args) {
        FlagValues flags;
        try {
            flags = ScraperFlags.SET.parse(args);
            if (flags.helpRequested()) {
                System.out.print(ScraperFlags.SET.help());
                return;
            }
            if (flags.isOn("version")) {
                System.out.println("heapster scraper " + version());
                return;
            }
            ScraperFlags.settings(flags).forEach(System::setProperty);
        } catch (InvalidFlagException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        flags.notices().forEach(System.err::println);
        Quarkus.run();
    }

    private static String version() {
        String version = ScraperMain.class.getPackage().getImplementationVersion();
        return version == null ? "2.0.0-SNAPSHOT" : version;
    }
}
