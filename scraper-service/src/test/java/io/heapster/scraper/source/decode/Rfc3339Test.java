package io.heapster.scraper.source.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
    private static long millis(String text) {
        byte[] bytes = ("\"" + text + "\"").getBytes(UTF_8);
        return Rfc3339.millis(bytes, 1, bytes.length - 1);
    }

    @Property
    void agreesWithTheLibrary(
            @ForAll @LongRange(min = -62_135_596_800_000L, max = 253_402_300_799_999L) long millis,
            @ForAll @IntRange(min = -1080, max = 1080) int offset) {
        Instant instant = Instant.ofEpochMilli(millis);

        assertThat(millis(instant.toString())).isEqualTo(millis);
        OffsetDateTime local = instant.atOffset(ZoneOffset.ofTotalSeconds(60 * offset));
        if (local.getYear() >= 1 && local.getYear() <= 9999 && local.getSecond() != 0) {
            assertThat(millis(local.toString())).isEqualTo(millis);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21T08:43:05Z",
                "2026-11-21T08:43:05.000Z",
                "2026-11-21T08:43:05.000999999Z",
                "2026-11-21t08:43:05z",
                "2026-11-21T09:43:05+01:00",
                "2026-11-21T03:13:05-05:30",
            })
    void oneInstantInManySpellings(String text) {
        assertThat(Instant.ofEpochMilli(millis(text))).isEqualTo(Instant.parse("2026-11-21T08:43:05Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-11-21",
                "2026-11-21T08:43:05",
                "2026-11-21T08:43:05.Z",
                "2026-11-21 08:43:05Z",
                "2026-13-21T08:43:05Z",
                "2026-00-21T08:43:05Z",
                "2026-11-32T08:43:05Z",
                "2026-11-21T24:43:05Z",
                "2026-11-21T08:60:05Z",
                "2026-11-21T08:43:61Z",
                "2026-11-21T08:43:05+1:00",
                "2026-11-21T08:43:05+24:00",
                "2026-11-21T08:43:05Zulu",
                "2O26-11-21T08:43:05Z",
                "99999-11-21T08:43:05Z"
            })
    void whatIsNoTimeIsInvalid(String text) {
        assertThat(millis(text)).isEqualTo(Rfc3339.INVALID);
    }
}
