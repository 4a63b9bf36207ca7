package io.heapster.model.resourcemetrics.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LabelTextTest {
    private static final LabelText COMMAS = new LabelText(",", 2048);

    private static Map<String, String> all(LabelText format, String text) {
        Map<String, String> labels = new LinkedHashMap<>();
        format.forEach(
                text, (in, key, colon, end) -> labels.put(in.substring(key, colon), in.substring(colon + 1, end)));
        return labels;
    }

    @Test
    void labelsAreFoundByTheirWholeKey() {
        String text = "app-x:1,app:web,example.com/app:2,tier:";
        assertThat(COMMAS.find(text, "app")).isEqualTo("web");
        assertThat(COMMAS.find(text, "app-x")).isEqualTo("1");
        assertThat(COMMAS.find(text, "example.com/app")).isEqualTo("2");
        assertThat(COMMAS.find(text, "tier")).isEmpty();
        assertThat(COMMAS.find(text, "ap")).isNull();
        assertThat(COMMAS.find(text, "web")).isNull();
        assertThat(COMMAS.find("", "app")).isNull();
    }

    @Test
    void whatHasNoKeyIsNoLabel() {
        assertThat(all(COMMAS, "app,:x,,b:c")).containsExactly(Map.entry("b", "c"));
        assertThat(COMMAS.find("app,:x", "app")).isNull();
    }

    @Test
    void theLastLabelOfATextThatMayHaveBeenCutIsNotBelieved() {
        LabelText format = new LabelText(";", 11);
        assertThat(all(format, "app:web;b:c")).containsExactly(Map.entry("app", "web"));
        assertThat(format.find("app:web;b:c", "b")).isNull();
        assertThat(format.find("app:web;b:", "b")).isEmpty();
    }

    @Test
    void aSeparatorIsNeeded() {
        assertThatThrownBy(() -> new LabelText("", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void whatWasJoinedIsReadBack(@ForAll("labels") Map<String, String> labels, @ForAll("separators") String separator) {
        StringJoiner text = new StringJoiner(separator);
        labels.forEach((key, value) -> text.add(key + ":" + value));
        LabelText format = new LabelText(separator, Integer.MAX_VALUE);
        assertThat(all(format, text.toString())).isEqualTo(labels);
        labels.forEach(
                (key, value) -> assertThat(format.find(text.toString(), key)).isEqualTo(value));
    }

    @Provide
    Arbitrary<Map<String, String>> labels() {
        Arbitrary<String> keys =
                Arbitraries.strings().withChars("ab-./").ofMinLength(1).ofMaxLength(4);
        return Arbitraries.maps(keys, Arbitraries.strings().withChars("ab-._").ofMaxLength(4))
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> separators() {
        return Arbitraries.of(",", ";", " ", ", ", "||");
    }
}
