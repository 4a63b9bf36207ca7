package io.heapster.sink.spi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TextBufferPropertyTest {

    @Property
    void anyIntegerIsWrittenAsItsDigits(@ForAll long number) {
        assertThat(new TextBuffer(1).append(number)).hasToString(Long.toString(number));
    }

    @Property
    void anyDoubleIsReadBackTheSame(@ForAll double number, @ForAll @IntRange(max = 8) int decimals) {
        assertThat(Double.parseDouble(new TextBuffer(1).append(number, decimals).toString()))
                .isEqualTo(number);
    }

    @Property
    void aRoundedDoubleIsWrittenShort(@ForAll @IntRange(min = -9_999_999) int thousandths) {
        String text = new TextBuffer(1).append(thousandths / 1000.0, 3).toString();
        assertThat(Double.parseDouble(text)).isEqualTo(thousandths / 1000.0);
        assertThat(text).doesNotContain("E").matches("-?[0-9]+(\\.[0-9]{1,3})?");
    }

    @Property
    void anyTextIsWrittenInUtf8(@ForAll String text) {
        String valid = new String(text.getBytes(UTF_8), UTF_8);
        assertThat(new TextBuffer(1).append(text)).hasToString(valid);
    }
}
