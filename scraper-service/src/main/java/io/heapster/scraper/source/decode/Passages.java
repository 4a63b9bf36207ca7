package io.heapster.scraper.source.decode;

import org.jspecify.annotations.Nullable;

/**
 * What came at a place of a document the last times: a document has a few kinds of objects a thousand times each, so that
 * the way to the next value mostly need not be read, only compared. A place is a field of an object that is a field of
 * another, and so on.
 */
final class Passages {
    /** A power of two; documents have some hundred places. */
    private static final int SLOTS = 2048;

    private static final int PROBES = 4;

    private final @Nullable Passage[] slots = new @Nullable Passage[SLOTS];

    /** The object that is this field's value, or is in the array that is its value. */
    static int inside(int object, int lastName) {
        return (object ^ lastName) * 0x9E3779B1 + 1;
    }

    /** Behind this field, or at an object's beginning (0). */
    static long place(int object, int lastName) {
        return (long) object << 32 | (lastName & 0xffffffffL);
    }

    /** The passage that was there the last time; null when none is known. */
    @Nullable
    Passage at(long place) {
        int slot = slot(place);
        for (int i = 0; i < PROBES; i++) {
            Passage passage = slots[(slot + i) & (SLOTS - 1)];
            if (passage == null || passage.place == place) {
                return passage;
            }
        }
        return null;
    }

    /** Comes before the one that was there; takes the place of any other when there are too many. */
    void seen(Passage passage) {
        int slot = slot(passage.place);
        for (int i = 0; i < PROBES; i++) {
            int at = (slot + i) & (SLOTS - 1);
            Passage known = slots[at];
            if (known == null || known.place == passage.place) {
                if (known != null) {
                    known.other = null;
                }
                passage.other = known;
                slots[at] = passage;
                return;
            }
        }
        slots[slot] = passage;
    }

    private static int slot(long place) {
        int hash = (int) (place ^ place >>> 32) * 0x9E3779B1;
        return (hash ^ hash >>> 15) & (SLOTS - 1);
    }
}
