package io.heapster.scraper.source.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void findsTheFirstQuoteOrBackslashWhateverByteIsBeforeIt() {
        for (int other = 0; other < 256; other++) {
            if (other == '"' || other == '\\') {
                continue;
            }
            for (int place = 0; place <= Long.BYTES; place++) {
                for (char end : new char[] {'"', '\\'}) {
                    byte[] bytes =
                            String.valueOf((char) other).repeat(Long.BYTES).getBytes(ISO_8859_1);
                    if (place < Long.BYTES) {
                        bytes[place] = (byte) end;
                    }

                    assertThat(Words.beforeQuoteOrBackslash(Words.at(bytes, 0))).isEqualTo(place);
                }
            }
        }
    }

    @Test
    void onlyTenOfAllBytesAreDigits() {
        for (int place = 0; place < Long.BYTES; place++) {
            for (int b = 0; b < 256; b++) {
                byte[] bytes = "12345678".getBytes(US_ASCII);
                bytes[place] = (byte) b;

                assertThat(Words.areDigits(Words.at(bytes, 0)))
                        .as("byte %d at %d", b, place)
                        .isEqualTo(b >= '0' && b <= '9');
            }
        }
    }

    @Property
    void eightDigitsAreTheNumberTheyMake(@ForAll @LongRange(min = 0, max = 99_999_999) long number) {
        byte[] digits = String.format("%08d", number).getBytes(US_ASCII);

        assertThat(Words.number(Words.at(digits, 0))).isEqualTo(number);
    }

    @Test
    void countsBlanks() {
        for (int blanks = 0; blanks <= Long.BYTES; blanks++) {
            byte[] bytes = (" ".repeat(blanks) + "\"\n  abcdefgh")
                    .substring(0, Long.BYTES)
                    .getBytes(US_ASCII);

            assertThat(Words.blanks(Words.at(bytes, 0))).isEqualTo(blanks);
        }
    }

    @Test
    void fewerThanEightBytesAreTheSameAtTheEndOfTheArrayAndBeforeIt() {
        byte[] text = "abcdefghijklmnop".getBytes(US_ASCII);
        byte[] end = "klmnop".getBytes(US_ASCII);

        for (int length = 0; length <= end.length; length++) {
            assertThat(Words.at(end, 0, length)).isEqualTo(Words.first(Words.at(text, 8) >>> 16, length));
        }
    }
}
