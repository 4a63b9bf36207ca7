package io.heapster.scraper.source.kubernetes.summary;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.ScrapeException.Reason;

/** Asserts that a document is refused, and by no other exception than the one there is for it. */
final class DecodeFailures {
    private DecodeFailures() {}

    static void assertFails(SummaryDecoder decoder, byte[] document) {
        try {
            decoder.decode(document, document.length, Documents.NODE, Documents.ANSWERED);
        } catch (ScrapeException e) {
            if (e.reason() == Reason.DECODE) {
                return;
            }
        }
        assertThatThrownBy(() -> decoder.decode(document, document.length, Documents.NODE, Documents.ANSWERED))
                .as("%d bytes", document.length)
                .isInstanceOfSatisfying(ScrapeException.class, e -> {
                    if (e.reason() != Reason.DECODE) {
                        throw new AssertionError(e);
                    }
                });
    }
}
