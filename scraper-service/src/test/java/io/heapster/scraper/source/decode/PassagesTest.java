package io.heapster.scraper.source.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PassagesTest {
    private static final byte[] DOCUMENT = "{\"time\": 12345678901234567890}".getBytes(UTF_8);

    private final Passages passages = new Passages();

    @Test
    void ofAPlaceTheLastTwoPassagesAreKnownTheNewestFirst() {
        Passage first = passage(7, Field.TIME);
        Passage second = passage(7, Field.NAME);
        Passage third = passage(7, Field.MEMORY);
        passages.seen(first);
        passages.seen(second);
        passages.seen(third);

        assertThat(passages.at(7)).isSameAs(third);
        assertThat(third.other).isSameAs(second);
        assertThat(second.other).isNull();
        assertThat(passages.at(8)).isNull();
    }

    @Test
    void morePlacesThanThereIsRoomForAreForgottenAndNeverTakenForOneAnother() {
        for (int place = 0; place < 20_000; place++) {
            passages.seen(passage(place, Field.TIME));
            Passage last = passages.at(place);

            assertThat(last).isNotNull();
            assertThat(last.place).isEqualTo(place);
        }
        for (int place = 0; place < 20_000; place++) {
            Passage known = passages.at(place);
            assertThat(known == null || known.place == place).isTrue();
        }
    }

    @Test
    void aPassageIsOnlyWhereAllItsBytesAreInTheDocument() {
        Passage time = passage(1, Field.TIME);

        assertThat(time.isAt(DOCUMENT, 0, DOCUMENT.length)).isFalse();
        assertThat(time.isAt(DOCUMENT, 1, DOCUMENT.length)).isTrue();
        assertThat(time.isAt(DOCUMENT, 1, 8)).isFalse();
        assertThat(time.isAt("{\"tIme\": 12345678901234567890}".getBytes(UTF_8), 1, DOCUMENT.length))
                .isFalse();
    }

    /** {@code "time": } */
    private static Passage passage(long place, Field field) {
        return new Passage(place, field, 1, DOCUMENT, 1, 2, 6, 9);
    }
}
