package io.heapster.scraper.source.decode;

/** The bytes are no JSON document, or end before it does. */
public final class MalformedJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedJsonException(String expected, int position, boolean atEnd) {
        super(
                atEnd
                        ? "the document ends at byte " + position + " where " + expected + " should be"
                        : "no " + expected + " at byte " + position,
                null,
                false,
                false);
    }
}
