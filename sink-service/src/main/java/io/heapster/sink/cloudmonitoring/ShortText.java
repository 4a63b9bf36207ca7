package io.heapster.sink.cloudmonitoring;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Texts cut to Google's limits. What was cut off is told apart by its hash, so that two series never become one. */
final class ShortText {
    private static final int HASH_LENGTH = 9;

    private ShortText() {}

    /**
     * @param most bytes of UTF-8, more than 9
     * @param mark before the hash of a text that was cut
     */
    static String of(String text, int most, char mark) {
        if (3L * text.length() <= most) {
            return text;
        }
        byte[] bytes = text.getBytes(UTF_8);
        if (bytes.length <= most) {
            return text;
        }
        int end = most - HASH_LENGTH;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, UTF_8) + mark + String.format("%08x", text.hashCode());
    }
}
