package io.heapster.model.resourcemetrics.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorTest {
    private static final Map<String, String> WEB =
            Map.of("app", "web", "tier", "", "example.com/owner", "team-a", "replicas", "3");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app=web",
                "app==web",
                " app = web ",
                "app!=api",
                "none!=api",
                "app in (api,web)",
                "app in(web)",
                "app notin (api)",
                "none notin (api,web)",
                "app",
                "!none",
                "! none",
                "tier=",
                "tier=,app",
                "tier in ()",
                "tier in (,x)",
                "tier in (x,)",
                "tier in (x,,y)",
                "example.com/owner=team-a",
                "replicas>2",
                "replicas<4,app=web",
                "app=web,tier,!none",
                "",
                " ",
            })
    void aSelectorMatches(String selector) {
        assertThat(LabelSelector.parse(selector).matches(WEB::get)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app=api",
                "app!=web",
                "app in (api)",
                "none in (web)",
                "none=",
                "app notin (api,web)",
                "none",
                "!app",
                "app=web,none",
                "replicas>3",
                "app>3",
                "none<3",
            })
    void aSelectorDoesNotMatch(String selector) {
        assertThat(LabelSelector.parse(selector).matches(WEB::get)).isFalse();
    }

    @Test
    void wordsThatAreOperatorsMayBeKeysAndValues() {
        Map<String, String> labels = Map.of("in", "notin");
        assertThat(LabelSelector.parse("in in (in,notin)").matches(labels::get)).isTrue();
        assertThat(LabelSelector.parse("in=notin").matches(labels::get)).isTrue();
        assertThat(LabelSelector.parse("in,!notin").matches(labels::get)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "== | found '==', expected: !, identifier, or 'end of string'",
                ",a | found ',', expected: !, identifier, or 'end of string'",
                "a, | found '', expected: identifier after ','",
                "a,=b | found '=', expected: identifier after ','",
                "a=b c | found 'c', expected: ',' or 'end of string'",
                "!a=b | found '=', expected: ',' or 'end of string'",
                "! | unable to parse requirement: found '', expected: identifier",
                "a b | unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
                "a=) | unable to parse requirement: found ')', expected: identifier",
                "a in b | unable to parse requirement: found 'b' expected: '('",
                "a in (b | unable to parse requirement: found '', expected: ',' or ')'",
                "a in (b c) | unable to parse requirement: found 'c', expected: ',' or ')'",
                "a in (= | unable to parse requirement: found '=', expected: ',', ')' or identifier",
                "a/b/c | unable to parse requirement: <nil>: Invalid value: \"a/b/c\": a qualified name must consist of",
                "/a | unable to parse requirement: <nil>: Invalid value: \"/a\": prefix part must be non-empty",
                "A.b/a | unable to parse requirement: <nil>: Invalid value: \"A.b/a\": prefix part a lowercase RFC 1123",
                "a: | unable to parse requirement: <nil>: Invalid value: \"a:\": name part must consist of alphanumeric",
                "a=b/c | unable to parse requirement: values[0][a]: Invalid value: \"b/c\": a valid label must be an empty",
                "a>b | unable to parse requirement: values[0]: Invalid value: \"b\": for 'Gt', 'Lt' operators, the value",
            })
    void whatIsNoSelectorIsRefusedInTheWordsOfTheApiServer(String selector, String message) {
        assertThatThrownBy(() -> LabelSelector.parse(selector))
                .isInstanceOf(BadSelectorException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void namesHave63CharactersAtMost() {
        String longest = "a".repeat(63);
        assertThat(LabelSelector.parse(longest + "=" + longest).matches(Map.of(longest, longest)::get))
                .isTrue();
        assertThatThrownBy(() -> LabelSelector.parse(longest + "a"))
                .hasMessageEndingWith("name part must be no more than 63 characters");
        assertThatThrownBy(() -> LabelSelector.parse("a=" + longest + "a"))
                .hasMessageEndingWith("must be no more than 63 characters");
    }

    /** A requirement as a text, and what it means. */
    private record Wish(String text, String key, Operator operator, Set<String> values) {}

    @Property
    void aSelectorMeansWhatItsRequirementsMean(
            @ForAll("wishes") List<Wish> wishes, @ForAll("labels") Map<String, String> labels) {
        List<String> texts = new ArrayList<>();
        boolean expected = true;
        for (Wish wish : wishes) {
            texts.add(wish.text);
            expected &= holds(wish, labels);
        }
        assertThat(LabelSelector.parse(String.join(",", texts)).matches(labels::get))
                .isEqualTo(expected);
    }

    private static boolean holds(Wish wish, Map<String, String> labels) {
        boolean has = labels.containsKey(wish.key);
        boolean isOne = has && wish.values.contains(labels.get(wish.key));
        return switch (wish.operator) {
            case IN -> isOne;
            case NOT_IN -> !isOne;
            case EXISTS -> has;
            case DOES_NOT_EXIST -> !has;
            case GREATER_THAN, LESS_THAN -> throw new IllegalArgumentException(wish.toString());
        };
    }

    @Provide
    Arbitrary<List<Wish>> wishes() {
        Arbitrary<Set<String>> sets = values().set().ofMinSize(1).ofMaxSize(3);
        Arbitrary<String> spaces = Arbitraries.of("", " ", "\t ");
        Arbitrary<Wish> bySet = Combinators.combine(keys(), sets, spaces, Arbitraries.of(true, false))
                .as((key, set, space, in) -> new Wish(
                        key + (in ? " in" : " notin") + space + "(" + String.join(space + "," + space, set) + ")",
                        key,
                        in ? Operator.IN : Operator.NOT_IN,
                        set));
        Arbitrary<Wish> byValue = Combinators.combine(keys(), values(), spaces, Arbitraries.of("=", "==", "!="))
                .as((key, value, space, sign) -> new Wish(
                        key + space + sign + space + value,
                        key,
                        sign.equals("!=") ? Operator.NOT_IN : Operator.IN,
                        Set.of(value)));
        Arbitrary<Wish> byKey = Combinators.combine(keys(), Arbitraries.of(true, false))
                .as((key, not) -> new Wish(
                        (not ? "!" : "") + key, key, not ? Operator.DOES_NOT_EXIST : Operator.EXISTS, Set.of()));
        return Arbitraries.oneOf(bySet, byValue, byKey).list().ofMaxSize(4);
    }

    @Provide
    Arbitrary<Map<String, String>> labels() {
        return Arbitraries.maps(keys(), values()).ofMaxSize(4);
    }

    private static Arbitrary<String> keys() {
        return Arbitraries.of("a", "b", "in", "example.com/a", "x-y.z_0");
    }

    private static Arbitrary<String> values() {
        return Arbitraries.of("", "a", "b", "notin", "1", "A-b.c_d");
    }
}
