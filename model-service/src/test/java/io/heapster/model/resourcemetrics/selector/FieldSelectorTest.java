package io.heapster.model.resourcemetrics.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldSelectorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | true",
                "metadata.name=web | true",
                "metadata.name==web | true",
                "metadata.name!=web | false",
                "metadata.name=api | false",
                "metadata.namespace=shop | true",
                "metadata.namespace!=shop | false",
                "metadata.name=web,metadata.namespace=shop | true",
                "metadata.name=web,metadata.namespace=batch | false",
                ",metadata.name=web, | true",
                "metadata.name=w\\,eb | false",
                "metadata.name= | false",
            })
    void nameAndNamespaceAreCompared(String selector, boolean matches) {
        assertThat(FieldSelector.parse(selector).matches("shop", "web")).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "bogus=1 | \"bogus\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"",
                "spec.nodeName=n1 | \"spec.nodeName\" is not a known field selector: only \"metadata.name\","
                        + " \"metadata.namespace\"",
                "metadata.name | invalid selector: 'metadata.name'; can't understand 'metadata.name'",
                "metadata.name=a=b | invalid field selector: unescaped character in value: 61",
                "metadata.name=a\\b | invalid field selector: invalid escape sequence: \\b",
                "metadata.name=a\\ | invalid field selector: invalid escape sequence: \\",
            })
    void whatCannotBeAnsweredIsRefused(String selector, String message) {
        assertThatThrownBy(() -> FieldSelector.parse(selector))
                .isInstanceOf(BadSelectorException.class)
                .hasMessage(message);
    }
}
