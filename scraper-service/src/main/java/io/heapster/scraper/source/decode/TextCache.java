package io.heapster.scraper.source.decode;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Names that come again in every document, such as those of containers and namespaces: one string for each. */
public final class TextCache {
    /** A power of two. A name that meets another in its slot takes its place, so memory is bounded. */
    private static final int SLOTS = 2048;

    private static final int LONGEST = 64;

    private final @Nullable String[] slots = new @Nullable String[SLOTS];

    /** The text of UTF-8 bytes without escapes. */
    public String text(byte[] document, int start, int end, int hash) {
        if (end - start > LONGEST) {
            return new String(document, start, end - start, StandardCharsets.UTF_8);
        }
        int slot = (hash ^ hash >>> 11) & (SLOTS - 1);
        String known = slots[slot];
        if (known != null && is(known, document, start, end)) {
            return known;
        }
        String text = new String(document, start, end - start, StandardCharsets.UTF_8);
        slots[slot] = text;
        return text;
    }

    /** True for ASCII only: of other texts a byte is negative and equals no character. */
    private static boolean is(String known, byte[] document, int start, int end) {
        if (known.length() != end - start) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (known.charAt(i - start) != document[i]) {
                return false;
            }
        }
        return true;
    }
}
