package io.heapster.contract.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The texts of one record, each once, in the order they were first seen; the empty one is the first. */
final class TextTable {
    private static final int FIRST_CAPACITY = 1024;

    private @Nullable String[] texts = new @Nullable String[FIRST_CAPACITY];
    private int size;

    /** Twice as many slots as texts: the position of a text, and one more, at the slot of its hash or one behind. */
    private int[] slots = new int[2 * FIRST_CAPACITY];

    TextTable() {
        clear();
    }

    void clear() {
        Arrays.fill(texts, 0, size, null);
        Arrays.fill(slots, 0);
        size = 0;
        add("");
    }

    void add(String text) {
        var unused = position(text);
    }

    int size() {
        return size;
    }

    String get(int position) {
        String text = texts[position];
        if (text == null) {
            throw new IndexOutOfBoundsException(position);
        }
        return text;
    }

    /** Where the text stands, behind all others when it is new. */
    int position(String text) {
        int slot = slotOf(text);
        if (slots[slot] > 0) {
            return slots[slot] - 1;
        }
        if (size == texts.length) {
            grow();
            slot = slotOf(text);
        }
        texts[size++] = text;
        slots[slot] = size;
        return size - 1;
    }

    /** The slot with the text, or the free one for it. */
    private int slotOf(String text) {
        int hash = text.hashCode();
        int slot = (hash ^ (hash >>> 15)) & (slots.length - 1);
        while (slots[slot] > 0 && !text.equals(texts[slots[slot] - 1])) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private void grow() {
        texts = Arrays.copyOf(texts, 2 * size);
        slots = new int[2 * texts.length];
        for (int i = 0; i < size; i++) {
            slots[slotOf(get(i))] = i + 1;
        }
    }
}
