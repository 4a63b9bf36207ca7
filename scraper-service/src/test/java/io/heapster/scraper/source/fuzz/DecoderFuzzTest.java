package io.heapster.scraper.source.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.scraper.source.ScrapeException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A few seconds of the fuzz, with seeds that are always the same; {@code system-tests/bench fuzz} goes on for longer. */
class DecoderFuzzTest {
    private static final int ROUNDS = 4_000;

    @Test
    @Timeout(120)
    void mutatedDocumentsAreReadOrRefusedAndTheRestOfThemIsReadAsEver() throws IOException, ScrapeException {
        Fuzz fuzz = new Fuzz();
        assertThat(fuzz.documents())
                .allSatisfy(
                        document -> assertThat(document.parts).as(document.name).hasSizeGreaterThan(1));

        for (int seed = 1; seed <= ROUNDS; seed++) {
            fuzz.round(seed);
        }

        assertThat(fuzz.compared()).isGreaterThan(ROUNDS / 2);
    }
}
