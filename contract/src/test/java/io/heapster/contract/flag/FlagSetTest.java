package io.heapster.contract.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlagSetTest {

    /** The flags of Heapster 1.5. */
    private static final FlagSet HEAPSTER = new FlagSet(
            "Usage: heapster [flags]\nWatches what a cluster uses.",
            List.of(
                    Flag.repeated("source", "URI", "Where samples come from."),
                    Flag.repeated("sink", "URI", "Where samples go to."),
                    Flag.value("metric_resolution", "DURATION", "60s", "How far apart two samples of a series are."),
                    Flag.value("heapster-port", "PORT", "8082", "Port of the API.")
                            .orAs("port"),
                    Flag.value("listen_ip", "IP", "", "Address of the API; empty means every address."),
                    Flag.value("tls_cert", "FILE", "", "Certificate of the API."),
                    Flag.value("tls_key", "FILE", "", "Key of the API."),
                    Flag.value("tls_client_ca", "FILE", "", "CA that signs the clients of the API."),
                    Flag.value("allowed_users", "NAMES", "", "Common names of clients that may ask, with commas."),
                    Flag.value("historical_source", "URI", "", "The sink from which history is read."),
                    Flag.onOff("api-server", "Serve the resource metrics API as well."),
                    Flag.value("label_separator", "TEXT", ",", "What stands between two labels."),
                    Flag.repeated(
                            "store_label", "LABELS", "Labels that become labels of their own, name or newName=name."),
                    Flag.repeated("ignore_label", "LABEL", "Labels to leave out."),
                    Flag.onOff("disable_export", "No export endpoint."),
                    Flag.value(
                            "sink_export_data_timeout", "DURATION", "20s", "How long a sink may take for one batch."),
                    Flag.onOff("disable_metric_sink", "No model API."),
                    Flag.onOff("version", "Print the version and end."),
                    Flag.ignored("max_procs", "N", "the JVM uses the processors of its container"),
                    Flag.ignored("v", "LEVEL", "set quarkus.log.level instead"),
                    Flag.ignored("logtostderr", "", "logs always go to the console")));

    @Test
    void oldManifestsWorkAsTheyAre() {
        FlagValues values = HEAPSTER.parse(
                "--source=kubernetes.summary_api:''",
                "-sink=influxdb:http://monitoring-influxdb:8086?db=x",
                "--sink",
                "log",
                "--metric-resolution",
                "30s",
                "--port=9090",
                "--tls-client_ca=/ca.pem",
                "--disable_export");

        assertThat(values.all("source")).containsExactly("kubernetes.summary_api:''");
        assertThat(values.all("sink")).containsExactly("influxdb:http://monitoring-influxdb:8086?db=x", "log");
        assertThat(values.duration("metric_resolution", Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(30));
        assertThat(values.number("heapster_port", 0, 65535)).isEqualTo(9090);
        assertThat(values.text("tls_client_ca")).isEqualTo("/ca.pem");
        assertThat(values.isOn("disable_export")).isTrue();
        assertThat(values.isOn("api-server")).isFalse();
        assertThat(values.helpRequested()).isFalse();
    }

    @Test
    void whatIsNotGivenHasItsDefault() {
        FlagValues values = HEAPSTER.parse();

        assertThat(values.duration("metric_resolution", Duration.ofSeconds(5))).isEqualTo(Duration.ofMinutes(1));
        assertThat(values.number("heapster-port", 0, 65535)).isEqualTo(8082);
        assertThat(values.text("listen_ip")).isEmpty();
        assertThat(values.all("sink")).isEmpty();
        assertThat(values.isGiven("heapster-port")).isFalse();
        assertThat(values.notices()).isEmpty();
    }

    @Test
    void anOnOffFlagTakesItsValueOnlyAfterAnEqualsSign() {
        assertThat(HEAPSTER.parse("--api-server=false").isOn("api-server")).isFalse();
        assertThat(HEAPSTER.parse("--api-server=T").isOn("api-server")).isTrue();
        assertThatThrownBy(() -> HEAPSTER.parse("--api-server", "false"))
                .isInstanceOf(InvalidFlagException.class)
                .hasMessage("unexpected argument 'false': flags begin with --; see --help");
        assertThatThrownBy(() -> HEAPSTER.parse("--api-server=maybe"))
                .isInstanceOf(InvalidFlagException.class)
                .hasMessage("flag --api-server: 'maybe' is not accepted, give true or false, or no value");
    }

    @Test
    void aSingleFlagGivenTwiceHasItsLastValue() {
        assertThat(HEAPSTER.parse("--listen_ip=a", "--listen-ip=b").text("listen_ip"))
                .isEqualTo("b");
    }

    @Test
    void listsAreRepeatedOrSeparatedByCommas() {
        assertThat(HEAPSTER.parse("--store_label=app,tier", "--store_label", "x=team,")
                        .list("store_label"))
                .containsExactly("app", "tier", "x=team");
    }

    @Test
    void aValueMayBeginWithADash() {
        assertThat(HEAPSTER.parse("--label_separator", "-").text("label_separator"))
                .isEqualTo("-");
        assertThat(HEAPSTER.parse("--label_separator=").text("label_separator")).isEmpty();
    }

    @Test
    void anUnknownFlagIsRefusedWithTheNearestKnownOne() {
        assertThatThrownBy(() -> HEAPSTER.parse("--metric_resolutoin=5s"))
                .isInstanceOf(InvalidFlagException.class)
                .hasMessage(
                        "unknown flag --metric_resolutoin, did you mean --metric_resolution? (--help lists all flags)");
        assertThatThrownBy(() -> HEAPSTER.parse("--entirely-different"))
                .isInstanceOf(InvalidFlagException.class)
                .hasMessage("unknown flag --entirely-different (--help lists all flags)");
    }

    @Test
    void aMissingValueAndAStrayWordAreRefused() {
        assertThatThrownBy(() -> HEAPSTER.parse("--sink"))
                .isInstanceOf(InvalidFlagException.class)
                .hasMessage("flag --sink needs a value, write --sink=URI");
        assertThatThrownBy(() -> HEAPSTER.parse("influxdb"))
                .isInstanceOf(InvalidFlagException.class)
                .hasMessageContaining("unexpected argument 'influxdb'");
    }

    @Test
    void aWrongValueIsNamedWithWhatIsAccepted() {
        FlagValues values = HEAPSTER.parse("--metric_resolution=1s", "--port=http", "--sink_export_data_timeout=soon");

        assertThatThrownBy(() -> values.duration("metric_resolution", Duration.ofSeconds(5)))
                .isInstanceOf(InvalidFlagException.class)
                .hasMessage("flag --metric_resolution: '1s' is not accepted, give a duration of at least 5s");
        assertThatThrownBy(() -> values.number("port", 0, 65535))
                .isInstanceOf(InvalidFlagException.class)
                .hasMessage("flag --heapster-port: 'http' is not accepted, give a whole number from 0 to 65535");
        assertThatThrownBy(() -> values.duration("sink_export_data_timeout", Duration.ZERO))
                .isInstanceOf(InvalidFlagException.class)
                .hasMessageContaining("'soon' is not accepted, give a duration such as 30s");
    }

    @Test
    void aFlagThatNoLongerAppliesIsReportedOnceWithTheReason() {
        FlagValues values = HEAPSTER.parse("--v=2", "-logtostderr", "--max_procs", "4", "--v=3", "--sink=log");

        assertThat(values.notices())
                .containsExactly(
                        "--logtostderr is ignored: logs always go to the console",
                        "--max_procs is ignored: the JVM uses the processors of its container",
                        "--v is ignored: set quarkus.log.level instead");
        assertThat(values.all("sink")).containsExactly("log");
    }

    @Test
    void helpIsAlignedAndAHundredColumnsWide() {
        assertThat(HEAPSTER.parse("--sink=log", "--help", "--nonsense").helpRequested())
                .isTrue();
        assertThat(HEAPSTER.parse("-h").helpRequested()).isTrue();

        String help = HEAPSTER.help();
        assertThat(help).startsWith("Usage: heapster [flags]\nWatches what a cluster uses.\n\nFlags:\n");
        assertThat(help.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
        assertThat(help)
                .contains("""
                          --heapster-port=PORT                 Port of the API. (default 8082) (also --port)
                        """, """
                          --store_label=LABELS                 Labels that become labels of their own, name or newName=name.
                                                               (may be given several times)
                        """, "\nUnderstood, but without effect any more:\n  --max_procs, --v, --logtostderr\n");
    }

    @Test
    void twoFlagsOfOneNameAreAMistakeOfOurs() {
        List<Flag> twice = List.of(Flag.onOff("a-b", ""), Flag.onOff("a_b", ""));
        assertThatThrownBy(() -> new FlagSet("", twice)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> HEAPSTER.parse().text("nonsense")).isInstanceOf(IllegalStateException.class);
    }
}
