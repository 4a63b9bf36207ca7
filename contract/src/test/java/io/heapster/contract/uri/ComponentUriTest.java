package io.heapster.contract.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ComponentUriTest {

    private static final Pattern ENVIRONMENT = Pattern.compile(" \\(env ([A-Z_]+)=([^)]*)\\) \\[derived]$");

    @TestFactory
    List<DynamicTest> readsWhatHeapsterRead() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (InputStream file = ComponentUriTest.class.getResourceAsStream("/cases/11-uri-grammar.json")) {
            JsonNode cases = new ObjectMapper().readTree(file);
            JsonNode texts = cases.at("/input/texts");
            for (int i = 0; i < texts.size(); i++) {
                String text = texts.get(i).asText();
                JsonNode expected = cases.at("/expected").get(i);
                tests.add(DynamicTest.dynamicTest("'" + text + "'", () -> check(text, expected)));
            }
        }
        assertThat(tests).hasSize(10);
        return tests;
    }

    private static void check(String caseText, JsonNode expected) {
        Matcher withEnvironment = ENVIRONMENT.matcher(caseText);
        boolean derived = withEnvironment.find();
        Map<String, String> environment =
                derived ? Map.of(withEnvironment.group(1), withEnvironment.group(2)) : Map.of();
        String text = derived ? caseText.substring(0, withEnvironment.start()) : caseText;

        if (expected.asText().equals("error")) {
            assertThatThrownBy(() -> ComponentUri.parse(text, environment))
                    .isInstanceOf(InvalidUriException.class)
                    .hasMessageNotContaining("\n");
            return;
        }
        ComponentUri uri = ComponentUri.parse(text, environment);
        assertThat(uri.key()).isEqualTo(expected.path("key").asText());
        assertThat(uri.scheme()).isEqualTo(expected.path("scheme").asText());
        assertThat(uri.host()).isEqualTo(expected.path("host").asText());
        assertThat(uri.path()).isEqualTo(expected.path("path").asText());
        expected.path("query").properties().forEach(option -> {
            List<String> values = new ArrayList<>();
            option.getValue().forEach(value -> values.add(value.asText()));
            assertThat(uri.options(option.getKey())).isEqualTo(values);
        });
        if (expected.has("prints")) {
            assertThat(uri).hasToString(expected.path("prints").asText());
        }
    }

    @Test
    void theFirstOfSeveralValuesCountsUnlessAllAreAskedFor() {
        ComponentUri uri = parse("kafka:?brokers=a:9092&brokers=b:9092&topic=t");

        assertThat(uri.option("brokers")).contains("a:9092");
        assertThat(uri.options("brokers")).containsExactly("a:9092", "b:9092");
        assertThat(uri.option("none")).isEmpty();
        assertThat(uri.options("none")).isEmpty();
    }

    @Test
    void optionsAreDecoded() {
        ComponentUri uri = parse("influxdb:http://h:8086?user=a%26b&pw=p%25+q%3B&empty=&bare");

        assertThat(uri.option("user")).contains("a&b");
        assertThat(uri.option("pw")).contains("p% q;");
        assertThat(uri.option("empty")).contains("");
        assertThat(uri.option("bare")).contains("");
    }

    @Test
    void theWholeOfAUrlIsTakenApart() {
        ComponentUri uri = parse("influxdb:HTTPS://u:p%40w@[::1]:8086/write%20here?db=k8s#ignored");

        assertThat(uri.scheme()).isEqualTo("https");
        assertThat(uri.userInfo()).isEqualTo("u:p@w");
        assertThat(uri.host()).isEqualTo("[::1]:8086");
        assertThat(uri.path()).isEqualTo("/write here");
        assertThat(uri.address()).contains("https://[::1]:8086");
        assertThat(uri.option("db")).contains("k8s");
    }

    @Test
    void anUnknownVariableIsEmptyAndBothWritingsWork() {
        ComponentUri uri =
                ComponentUri.parse("influxdb:http://${HOST}:$PORT?db=$NONE", Map.of("HOST", "h$1", "PORT", "80"));

        assertThat(uri.host()).isEqualTo("h$1:80");
        assertThat(uri.option("db")).contains("");
        assertThat(uri).hasToString("influxdb:http://h$1:80?db=");
    }

    @Test
    void printsTheKeyAloneWithoutAUrl() {
        assertThat(parse("gcm:")).hasToString("gcm");
        assertThat(parse("gcm:").address()).isEmpty();
    }

    @Test
    void aPortThatIsNoneIsRefused() {
        assertThatThrownBy(() -> parse("influxdb:http://h:80x?pw=s"))
                .isInstanceOf(InvalidUriException.class)
                .hasMessage("the port of influxdb:h:80x is not a number, write host:port");
    }

    @Test
    void booleansAreHeapsters() {
        for (String yes : List.of("1", "t", "T", "TRUE", "true", "True")) {
            assertThat(parse("k:?b=" + yes).booleanOption("b", false)).isTrue();
        }
        for (String no : List.of("0", "f", "F", "FALSE", "false", "False")) {
            assertThat(parse("k:?b=" + no).booleanOption("b", true)).isFalse();
        }
        assertThat(parse("k").booleanOption("b", true)).isTrue();
        assertThatThrownBy(() -> parse("influxdb:?withfields=yes").booleanOption("withfields", false))
                .isInstanceOf(InvalidUriException.class)
                .hasMessage("option withfields of influxdb: 'yes' is not accepted, "
                        + "give true or false (also 1, t, T, TRUE, True, 0, f, F, FALSE, False)");
    }

    @Test
    void numbersHaveBounds() {
        assertThat(parse("k:?n=3").intOption("n", 1, 1, 10)).isEqualTo(3);
        assertThat(parse("k").intOption("n", 1, 1, 10)).isEqualTo(1);
        for (String wrong : List.of("0", "11", "x", "")) {
            assertThatThrownBy(() -> parse("k:?n=" + wrong).intOption("n", 1, 1, 10))
                    .isInstanceOf(InvalidUriException.class)
                    .hasMessage("option n of k: '" + wrong + "' is not accepted, give a whole number from 1 to 10");
        }
    }

    @Test
    void durationsAreGos() {
        assertThat(parse("k:?d=1h30m").durationOption("d", Duration.ZERO)).isEqualTo(Duration.ofMinutes(90));
        assertThat(parse("k").durationOption("d", Duration.ofDays(30))).isEqualTo(Duration.ofDays(30));
        for (String wrong : List.of("-5m", "5", "five")) {
            assertThatThrownBy(() -> parse("k:?d=" + wrong).durationOption("d", Duration.ZERO))
                    .isInstanceOf(InvalidUriException.class)
                    .hasMessageContaining("option d of k: '" + wrong + "' is not accepted, give a duration such as");
        }
    }

    @Test
    void aSecretIsNotRepeatedInAnError() {
        assertThatThrownBy(() -> {
                    throw parse("k:?pw=geheim").wrong("pw", "geheim", "something longer");
                })
                .hasMessage("option pw of k: (hidden) is not accepted, give something longer");
        assertThatThrownBy(() -> parse("k:http://h?pw=100%geheim")).hasMessageNotContaining("geheim");
    }

    @Test
    void unknownOptionsAreNamed() {
        assertThat(parse("k:?a=1&zz=2&b=3").unknownOptions(Set.of("a"))).containsExactly("b", "zz");
    }

    private static ComponentUri parse(String text) {
        return ComponentUri.parse(text, Map.of());
    }
}
