package io.heapster.scraper.source.decode;

import org.jspecify.annotations.Nullable;

/**
 * The bytes between one value of an object and the next, as a document had them: the comma, white space, the name, its
 * colon and the blank behind; or those to the end of the object. The same bytes at the same place mean the same again.
 */
final class Passage {
    /** Of names that mean something, indented as far as documents are nested. */
    static final int LONGEST = 96;

    final long place;
    /** Of the name; 0 where the object ends. */
    final int nameHash;

    /** What was there before it, and may come again: a field that not every object has. */
    @Nullable
    Passage other;

    /** The field that is named; null: the object ends. */
    @Nullable
    final Field field;

    final int length;
    /** Where the name begins and ends, from the passage's first byte. */
    final int nameStart;

    final int nameEnd;

    /** The bytes by eight, zeroes behind the last. */
    private final long[] words;
    /** Which bytes of the last word count. */
    private final long lastMask;

    /** @param end of the passage in the document */
    Passage(
            long place,
            @Nullable Field field,
            int nameHash,
            byte[] document,
            int start,
            int nameStart,
            int nameEnd,
            int end) {
        this.place = place;
        this.nameHash = nameHash;
        this.field = field;
        this.length = end - start;
        this.nameStart = nameStart - start;
        this.nameEnd = nameEnd - start;
        words = new long[(length + Long.BYTES - 1) / Long.BYTES];
        for (int i = 0; i < words.length; i++) {
            int at = i * Long.BYTES;
            words[i] = Words.at(document, start + at, Math.min(Long.BYTES, length - at));
        }
        lastMask = Words.first(-1, length - (words.length - 1) * Long.BYTES);
    }

    /**
     * Whether the document's bytes from {@code start} on are these.
     *
     * @param end of the document
     */
    boolean isAt(byte[] document, int start, int end) {
        int last = words.length - 1;
        int at = start;
        if (at + words.length * Long.BYTES > end) {
            return false;
        }
        for (int i = 0; i < last; i++) {
            if (Words.at(document, at) != words[i]) {
                return false;
            }
            at += Long.BYTES;
        }
        return (Words.at(document, at) & lastMask) == words[last];
    }
}
