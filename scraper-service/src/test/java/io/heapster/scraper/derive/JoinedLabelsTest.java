package io.heapster.scraper.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heapster.contract.sample.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JoinedLabelsTest {
    private static final JsonNode CASE = Cases.read("09-label-copier.json");

    static IntStream runs() {
        return IntStream.range(0, CASE.get("input").get("runs").size());
    }

    @ParameterizedTest
    @MethodSource("runs")
    void heapstersTable(int run) {
        JsonNode options = CASE.get("input").get("runs").get(run);
        JoinedLabels joined = new JoinedLabels(
                options.get("separator").asText(), texts(options.get("store")), texts(options.get("ignore")), 2_048);

        Labels result = joined.onto(
                Labels.of(map(CASE.get("input").get("existing"))),
                Labels.of(map(CASE.get("input").get("podLabels"))));

        assertThat(result.toMap()).isEqualTo(map(CASE.get("expected").get(run)));
    }

    @Test
    void aLabelOfHeapstersOwnIsNotReplaced() {
        assertThatThrownBy(() -> new JoinedLabels(",", List.of("pod_name=app"), List.of(), 2_048))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("heapster.scraper.store-labels", "pod_name=app", "write newName=");
    }

    @Test
    void textsAreSortedAsWholesThoughOneKeyBeginsAnother() {
        JoinedLabels joined = new JoinedLabels(",", List.of(), List.of(), 2_048);

        assertThat(joined.join(Labels.of("app", "1", "app-b", "2", "app.c", "3", "appz", "4", "b", "5")))
                .isEqualTo("app-b:2,app.c:3,app:1,appz:4,b:5");
        assertThat(joined.join(Labels.of("app", "1", "appz", "2"))).isEqualTo("app:1,appz:2");
        assertThat(joined.join(Labels.EMPTY)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"16 | a:1, b:22, c:333 | 0", "15 | a:1, b:22 | 1", "9 | a:1, b:22 | 1", "8 | a:1 | 1", "2 | '' | 1"
            })
    void whatIsTooLongIsCutBetweenTwoLabelsAndCounted(int maxLength, String text, long cuts) {
        JoinedLabels joined = new JoinedLabels(", ", List.of(), List.of(), maxLength);

        assertThat(joined.join(Labels.of("a", "1", "b", "22", "c", "333"))).isEqualTo(text);

        assertThat(joined.cut()).isEqualTo(cuts);
    }

    private static List<String> texts(@org.jspecify.annotations.Nullable JsonNode array) {
        List<String> texts = new ArrayList<>();
        if (array != null) {
            array.forEach(text -> texts.add(text.asText()));
        }
        return texts;
    }

    private static Map<String, String> map(JsonNode object) {
        return new ObjectMapper().convertValue(object, new com.fasterxml.jackson.core.type.TypeReference<>() {});
    }

    @Test
    void onlyTheLabelsThatAreAllowedAreJoinedAndAnyCanBeStored() {
        JoinedLabels joined = new JoinedLabels(",", List.of("zone"), List.of("app", "tier"), List.of("tier"), 2_048);
        Labels pod = Labels.of("app", "web", "tier", "front", "zone", "a", "hash", "5c56df7449");

        assertThat(joined.onto(Labels.EMPTY, pod)).isEqualTo(Labels.of("labels", "app:web", "zone", "a"));
    }
}
