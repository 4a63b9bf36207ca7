package io.heapster.scraper.source.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads one small file of the kernel after the other into the same memory, word by word. A file that is absent or may
 * not be read is like an empty one. Not safe for several threads.
 */
final class TextFile {
    /** No file of the kernel that is read here is as large. */
    private static final int LARGEST = 4 << 20;

    private byte[] bytes = new byte[8_192];
    private int length;
    private int at;
    private int lineEnd;
    private int nextLine;

    /** Opens the file before its first line. Returns whether it has any content. */
    boolean open(Path file) {
        length = 0;
        at = 0;
        lineEnd = 0;
        nextLine = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(bytes); read > 0 && length < LARGEST; read = in.read(bytes, length, room())) {
                length += read;
            }
        } catch (IOException e) {
            // Control groups and processes vanish at any time, and some controllers are not there at all.
            length = 0;
        }
        return length > 0;
    }

    private int room() {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        return bytes.length - length;
    }

    /** Goes to the next line; false at the end. */
    boolean nextLine() {
        if (nextLine >= length) {
            return false;
        }
        at = nextLine;
        lineEnd = at;
        while (lineEnd < length && bytes[lineEnd] != '\n') {
            lineEnd++;
        }
        nextLine = lineEnd + 1;
        return true;
    }

    /** Whether the line goes on with this text; goes past it if so. */
    boolean skip(String text) {
        int size = text.length();
        if (lineEnd - at < size) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (bytes[at + i] != text.charAt(i)) {
                return false;
            }
        }
        at += size;
        return true;
    }

    /** The next word of the line, up to a blank; empty at the line's end. */
    String word() {
        int start = skipBlanks();
        while (at < lineEnd && !blank(bytes[at])) {
            at++;
        }
        return new String(bytes, start, at - start, StandardCharsets.UTF_8);
    }

    /** The whole number that the line goes on with, after blanks; −1 when there is none. */
    long number() {
        int start = skipBlanks();
        long value = 0;
        while (at < lineEnd && bytes[at] >= '0' && bytes[at] <= '9') {
            value = 10 * value + (bytes[at] - '0');
            at++;
        }
        return at == start ? -1 : value;
    }

    /** The number, perhaps with decimal places, that the line goes on with, in thousandths; −1 when there is none. */
    long thousandths() {
        long value = number();
        if (value < 0) {
            return -1;
        }
        long part = 0;
        int places = 0;
        if (at < lineEnd && bytes[at] == '.') {
            at++;
            while (at < lineEnd && bytes[at] >= '0' && bytes[at] <= '9') {
                if (places < 3) {
                    part = 10 * part + (bytes[at] - '0');
                    places++;
                }
                at++;
            }
        }
        for (; places < 3; places++) {
            part *= 10;
        }
        return 1_000 * value + part;
    }

    private int skipBlanks() {
        while (at < lineEnd && blank(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean blank(byte character) {
        return character == ' ' || character == '\t';
    }
}
