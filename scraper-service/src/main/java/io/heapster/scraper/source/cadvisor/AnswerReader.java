package io.heapster.scraper.source.cadvisor;

import io.heapster.scraper.source.ScrapeException;

/** Makes something of an answer's bytes. Called on an event loop: must not block. */
@FunctionalInterface
interface AnswerReader<T> {
    /**
     * @param bytes the answer from its first byte on
     * @param length how many they are
     */
    T read(byte[] bytes, int length) throws ScrapeException;
}
