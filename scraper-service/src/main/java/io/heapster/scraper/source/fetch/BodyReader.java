package io.heapster.scraper.source.fetch;

import io.heapster.scraper.source.ClockSkew;
import io.heapster.scraper.source.ScrapeException;

/** Makes something of an answer's bytes. Called on an event loop: must not block. */
@FunctionalInterface
public interface BodyReader<T> {
    /**
     * @param bytes the answer from its first byte on; another answer's when the reader has returned
     * @param length how many they are
     * @param skewMillis how far the answerer's clock is ahead of ours; {@link ClockSkew#UNKNOWN} if it does not say
     */
    T read(byte[] bytes, int length, long skewMillis) throws ScrapeException;
}
