package io.heapster.scraper.source.fuzz;

import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.ScrapeException;

/** A decoder's public entry, with whatever else it takes. */
@FunctionalInterface
public interface Decoding {
    Reading decode(byte[] document, int length) throws ScrapeException;
}
