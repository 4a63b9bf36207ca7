package io.heapster.contract.wire;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Texts of earlier records, found again by their bytes. Names and labels repeat from tick to tick: without this every
 * record would make all its strings anew. Holds a bounded number of short texts; a new one takes the place of an old.
 */
final class TextCache {
    private static final int SLOTS = 1 << 14;
    private static final int LONGEST = 512;

    private final @Nullable Entry[] entries = new Entry[SLOTS];

    private static final class Entry {
        private final byte[] utf8;
        private final String text;

        Entry(byte[] utf8) {
            this.utf8 = utf8;
            this.text = new String(utf8, StandardCharsets.UTF_8);
        }
    }

    String read(CodedInputStream in) throws IOException {
        byte[] utf8 = in.readByteArray();
        if (utf8.length == 0) {
            return "";
        }
        if (utf8.length > LONGEST) {
            return new String(utf8, StandardCharsets.UTF_8);
        }
        int hash = Arrays.hashCode(utf8);
        int slot = (hash ^ hash >>> 15) & SLOTS - 1;
        Entry entry = entries[slot];
        if (entry == null || !Arrays.equals(entry.utf8, utf8)) {
            entry = new Entry(utf8);
            entries[slot] = entry;
        }
        return entry.text;
    }
}
