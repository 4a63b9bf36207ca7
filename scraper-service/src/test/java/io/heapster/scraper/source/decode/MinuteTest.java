package io.heapster.scraper.source.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MinuteTest {
    private final Minute minute = new Minute();

    @Test
    void readsWhateverComesAfterAnotherTimeAsWithoutIt() {
        List<String> times = List.of(
                "2026-11-21T08:43:05Z",
                "2026-11-21T08:43:59Z",
                "2026-11-21T08:43:00Z",
                "2026-11-21T08:43:60Z",
                "2026-11-21T08:43:61Z",
                "2026-11-21T08:43:5:Z",
                "2026-11-21T08:43:/5Z",
                "2026-11-21T08:43:05z",
                "2026-11-21T08:43.05Z",
                "2026-11-21T08:44:05Z",
                "2025-11-21T08:44:05Z",
                "2026-11-21T08:43:05.5Z",
                "2026-11-21T08:43:5Z",
                "2026-13-21T08:43:05Z",
                "2026-13-21T08:43:06Z",
                "",
                "2026-11-21T09:43:05+01:00");
        for (String before : times) {
            for (String after : times) {
                millis(before);

                assertThat(millis(after)).as("%s after %s", after, before).isEqualTo(reference(after));
            }
        }
    }

    private long millis(String text) {
        byte[] bytes = ("\"" + text + "\"").getBytes(UTF_8);
        return minute.millis(bytes, 1, bytes.length - 1);
    }

    private static long reference(String text) {
        byte[] bytes = ("\"" + text + "\"").getBytes(UTF_8);
        return Rfc3339.millis(bytes, 1, bytes.length - 1);
    }
}
