package io.heapster.scraper.source.decode;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Walks once through a JSON document in bytes, made for documents whose fields are known: names are matched as they are
 * read, numbers and times become primitives, and what nobody asks for is stepped over.
 *
 * <p>A value of another type than asked for is stepped over too: it counts as absent, with a warning unless it is
 * {@code null}. What is stepped over is checked for its brackets and strings only. Not safe for several threads.
 */
public final class JsonCursor {
    /** A number that is not there, or none. No number in these documents is negative. */
    public static final long ABSENT = -1;

    /** Times before are those of a clock that was not set, or Go's zero time. */
    private static final long YEAR_2000_MILLIS = 946_684_800_000L;

    private static final int DEEPEST = 63;
    private static final int EXACT_DIGITS = 18;
    private static final int EXACT_DOUBLE_DIGITS = 15;
    private static final int LONGEST_NUMBER = 64;
    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private final Warnings warnings;
    private final TextCache names = new TextCache();
    private final Minute minute = new Minute();

    private byte[] document = new byte[0];
    private int end;
    private int position;
    /** Whether the object or array that was entered last has not been looked into yet. */
    private boolean entered;

    private final Passages passages = new Passages();
    /** Which kind of object this is: {@link Passages#inside}. */
    private int object;

    /** Hash of the name of the object's last field; 0 before its first. */
    private int lastName;

    /** The places of the objects and arrays around, from the outermost on. */
    private final long[] around = new long[DEEPEST];

    /** How many of {@link #around} there are. */
    private int depth;

    private Field field = Field.OTHER;
    private int nameStart;
    private int nameEnd;

    public JsonCursor(Warnings warnings) {
        this.warnings = warnings;
    }

    /** Begins at the first byte of a document. */
    public void begin(byte[] bytes, int length) {
        document = bytes;
        end = length;
        position = 0;
        entered = false;
        depth = 0;
        object = 0;
        lastName = 0;
        field = Field.OTHER;
    }

    /** Checks that nothing follows, and lets go of the document. */
    public void finish() throws MalformedJsonException {
        skipSpace();
        if (position < end) {
            throw malformed("end");
        }
        document = new byte[0];
        end = 0;
    }

    /** Enters an object, whose fields then are asked for by {@link #nextField} to the end; false when there is none. */
    public boolean beginObject() throws MalformedJsonException {
        return begin('{');
    }

    /** Whether the value, which still has to be read, is an object. */
    public boolean isObject() throws MalformedJsonException {
        return peek("value") == '{';
    }

    /** Enters an array, whose elements then are asked for by {@link #nextElement} to the end; false when there is none. */
    public boolean beginArray() throws MalformedJsonException {
        return begin('[');
    }

    private boolean begin(char bracket) throws MalformedJsonException {
        if (peek("value") != bracket) {
            wrongType();
            return false;
        }
        if (depth == DEEPEST) {
            throw malformed("nesting of at most " + DEEPEST);
        }
        position++;
        entered = true;
        around[depth++] = Passages.place(object, lastName);
        object = Passages.inside(object, lastName);
        lastName = 0;
        return true;
    }

    private void left() {
        long place = around[--depth];
        object = (int) (place >>> 32);
        lastName = (int) place;
        entered = false;
    }

    /** The next field's name, whose value has to be read or skipped next; or null after the last. */
    @Nullable
    public Field nextField() throws MalformedJsonException {
        long place = Passages.place(object, lastName);
        Passage expected = passages.at(place);
        if (expected == null) {
            return unexpectedField(place, true);
        }
        if (!expected.isAt(document, position, end)) {
            expected = expected.other;
            if (expected == null || !expected.isAt(document, position, end)) {
                return unexpectedField(place, false);
            }
        }
        int start = position;
        position = start + expected.length;
        Field next = expected.field;
        if (next == null) {
            left();
            return null;
        }
        entered = false;
        nameStart = start + expected.nameStart;
        nameEnd = start + expected.nameEnd;
        lastName = expected.nameHash;
        field = next;
        return next;
    }

    /** @param isNew whether nothing is known of this place: then a name that means nothing is remembered, too */
    private @Nullable Field unexpectedField(long place, boolean isNew) throws MalformedJsonException {
        int start = position;
        byte b = peek("field or }");
        if (b == '}') {
            position++;
            left();
            if (position - start <= Passage.LONGEST) {
                passages.seen(new Passage(place, null, 0, document, start, start, start, position));
            }
            return null;
        }
        if (!entered) {
            if (b != ',') {
                throw malformed(", or }");
            }
            position++;
            b = peek("field");
        }
        entered = false;
        if (b != '"') {
            throw malformed("field");
        }
        Field next = name();
        field = next;
        if (peek(":") != ':') {
            throw malformed(":");
        }
        position++;
        if (position < end && document[position] == ' ') {
            position++;
        }
        if ((isNew || next != Field.OTHER) && position - start <= Passage.LONGEST) {
            passages.seen(new Passage(place, next, lastName, document, start, nameStart, nameEnd, position));
        }
        return next;
    }

    /** The text of the name that {@link #nextField} has just read, for fields whose names are data. */
    public String fieldName() throws MalformedJsonException {
        return unescaped(nameStart, nameEnd);
    }

    /** Whether there is another element, which has to be read or skipped next. */
    public boolean nextElement() throws MalformedJsonException {
        byte b = peek("element or ]");
        if (b == ']') {
            position++;
            left();
            return false;
        }
        if (!entered) {
            if (b != ',') {
                throw malformed(", or ]");
            }
            position++;
        }
        entered = false;
        return true;
    }

    /** Whether the value is {@code true}; anything but a boolean counts as false. */
    public boolean readBoolean() throws MalformedJsonException {
        byte b = peek("value");
        if (b != 't' && b != 'f') {
            wrongType();
            return false;
        }
        skip();
        return b == 't';
    }

    /** A count of things, bytes or nanoseconds; or {@link #ABSENT}. */
    public long readLong() throws MalformedJsonException {
        int b = peek("value");
        int at = position;
        long value = 0;
        if (at + Long.BYTES < end) {
            long word = Words.at(document, at);
            if (Words.areDigits(word)) {
                value = Words.number(word);
                at += Long.BYTES;
                b = document[at];
            }
        }
        while (b >= '0' && b <= '9') {
            value = 10 * value + (b - '0');
            at++;
            b = at < end ? document[at] : 0;
        }
        int digits = at - position;
        boolean plain = digits > 0 && digits <= EXACT_DIGITS && b != '.' && (b | 0x20) != 'e';
        if (!plain || (digits > 1 && document[position] == '0')) {
            return unusualLong();
        }
        position = at;
        return value;
    }

    private long unusualLong() throws MalformedJsonException {
        BigDecimal number = number();
        if (number == null) {
            return ABSENT;
        }
        try {
            long value = number.longValueExact();
            if (value >= 0) {
                return value;
            }
        } catch (ArithmeticException e) {
            // no integer, or too great: as negative ones
        }
        warnings.add(Warnings.OUT_OF_RANGE, field.text());
        return ABSENT;
    }

    /** A number, or NaN. */
    public double readDouble() throws MalformedJsonException {
        int b = peek("value");
        int at = position;
        long mantissa = 0;
        while (b >= '0' && b <= '9') {
            mantissa = 10 * mantissa + (b - '0');
            at++;
            b = at < end ? document[at] : 0;
        }
        int digits = at - position;
        int decimals = 0;
        if (b == '.' && digits > 0) {
            at++;
            int first = at;
            b = at < end ? document[at] : 0;
            while (b >= '0' && b <= '9') {
                mantissa = 10 * mantissa + (b - '0');
                at++;
                b = at < end ? document[at] : 0;
            }
            decimals = at - first;
            digits = decimals == 0 ? 0 : digits + decimals;
        }
        boolean plain = digits > 0 && digits <= EXACT_DOUBLE_DIGITS && (b | 0x20) != 'e';
        if (!plain || (digits - decimals > 1 && document[position] == '0')) {
            BigDecimal number = number();
            return number == null ? Double.NaN : finite(number.doubleValue());
        }
        position = at;
        return mantissa / POWERS_OF_TEN[decimals];
    }

    private double finite(double number) {
        if (Double.isInfinite(number)) {
            warnings.add(Warnings.OUT_OF_RANGE, field.text());
            return Double.NaN;
        }
        return number;
    }

    /** Any number JSON allows, or null when it is no number or too long for one. */
    private @Nullable BigDecimal number() throws MalformedJsonException {
        byte b = peek("value");
        if (b != '-' && (b < '0' || b > '9')) {
            wrongType();
            return null;
        }
        int start = position;
        skipNumber();
        if (position - start <= LONGEST_NUMBER) {
            try {
                return new BigDecimal(new String(document, start, position - start, StandardCharsets.US_ASCII));
            } catch (NumberFormatException e) {
                // an exponent greater than any number has: as one that is too long
            }
        }
        warnings.add(Warnings.OUT_OF_RANGE, field.text());
        return null;
    }

    /** Milliseconds since 1970, or 0 when there is no time, or one that cannot be meant. */
    public long readTime() throws MalformedJsonException {
        if (peek("value") != '"') {
            wrongType();
            return 0;
        }
        int start = position + 1;
        skipString();
        long millis = minute.millis(document, start, position - 1);
        if (millis < YEAR_2000_MILLIS) {
            warnings.add(Warnings.IMPLAUSIBLE_TIME, field.text());
            return 0;
        }
        return millis;
    }

    /** A text; empty when there is none. */
    public String readText() throws MalformedJsonException {
        return text(false);
    }

    /** A text that is expected to come again in other documents; empty when there is none. */
    public String readName() throws MalformedJsonException {
        return text(true);
    }

    private String text(boolean again) throws MalformedJsonException {
        if (peek("value") != '"') {
            wrongType();
            return "";
        }
        int start = position + 1;
        int hash = skipString();
        int close = position - 1;
        if (hash == 0 && hasEscape(start, close)) {
            return unescaped(start, close);
        }
        return again
                ? names.text(document, start, close, hash)
                : new String(document, start, close - start, StandardCharsets.UTF_8);
    }

    /** Steps over a value of any type. */
    public void skip() throws MalformedJsonException {
        switch (peek("value")) {
            case '"' -> skipString();
            case '{', '[' -> skipNested();
            case 't' -> skipWord("true");
            case 'f' -> skipWord("false");
            case 'n' -> skipWord("null");
            default -> skipNumber();
        }
    }

    /** The byte where the cursor stands, for messages. */
    public int position() {
        return position;
    }

    private void wrongType() throws MalformedJsonException {
        if (document[position] != 'n') {
            warnings.add(Warnings.WRONG_TYPE, field.text());
        }
        skip();
    }

    private Field name() throws MalformedJsonException {
        int start = position + 1;
        int hash = skipString();
        int close = position - 1;
        nameStart = start;
        nameEnd = close;
        // 0 is the beginning of an object
        lastName = hash == 0 ? 1 : hash;
        if (hash == 0 && hasEscape(start, close)) {
            byte[] name = unescaped(start, close).getBytes(StandardCharsets.UTF_8);
            return Field.of(name, 0, name.length, Field.hash(name));
        }
        return Field.of(document, start, close, hash);
    }

    /** Steps over a string and returns the {@link Field#hash} of its bytes; of one with escapes 0. */
    private int skipString() throws MalformedJsonException {
        byte[] bytes = document;
        int lastWord = end - Long.BYTES;
        int at = position + 1;
        long hash = 0;
        while (at <= lastWord) {
            long word = Words.at(bytes, at);
            int length = Words.beforeQuoteOrBackslash(word);
            if (length < Long.BYTES) {
                return endOfString(at, length, hash, word);
            }
            hash = Words.hash(hash, word);
            at += Long.BYTES;
        }
        int length = 0;
        while (at + length < end && bytes[at + length] != '"' && bytes[at + length] != '\\') {
            length++;
        }
        if (at + length == end) {
            throw endless();
        }
        return endOfString(at, length, hash, Words.at(bytes, at, length));
    }

    /** @param length of the last bytes, fewer than eight, before the quote or the first backslash */
    private int endOfString(int at, int length, long hash, long word) throws MalformedJsonException {
        if (document[at + length] == '\\') {
            return skipEscapedString(at + length + 2);
        }
        position = at + length + 1;
        return (int) (length == 0 ? hash : Words.hash(hash, Words.first(word, length)));
    }

    private int skipEscapedString(int from) throws MalformedJsonException {
        int at = from;
        while (at < end) {
            byte b = document[at++];
            if (b == '"') {
                position = at;
                return 0;
            }
            if (b == '\\') {
                at++;
            }
        }
        throw endless();
    }

    private boolean hasEscape(int start, int close) {
        for (int i = start; i < close; i++) {
            if (document[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    private String unescaped(int start, int close) throws MalformedJsonException {
        StringBuilder text = new StringBuilder(close - start);
        int plain = start;
        int at = start;
        while (at < close) {
            if (document[at] != '\\') {
                at++;
                continue;
            }
            text.append(new String(document, plain, at - plain, StandardCharsets.UTF_8));
            byte escape = document[at + 1];
            at += 2;
            switch (escape) {
                case '"', '\\', '/' -> text.append((char) escape);
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'u' -> {
                    text.append(hexadecimal(at, close));
                    at += 4;
                }
                default -> throw new MalformedJsonException("escape", at - 1, false);
            }
            plain = at;
        }
        return text.append(new String(document, plain, close - plain, StandardCharsets.UTF_8))
                .toString();
    }

    private char hexadecimal(int start, int close) throws MalformedJsonException {
        int code = 0;
        for (int i = start; i < start + 4; i++) {
            int digit = i < close ? Character.digit(document[i], 16) : -1;
            if (digit < 0) {
                throw new MalformedJsonException("four hexadecimal digits", start, false);
            }
            code = 16 * code + digit;
        }
        return (char) code;
    }

    private void skipNested() throws MalformedJsonException {
        long isObject = 0;
        int depth = 0;
        do {
            byte b = peek("value");
            switch (b) {
                case '"' -> skipString();
                case '{', '[' -> {
                    if (++depth > DEEPEST) {
                        throw malformed("nesting of at most " + DEEPEST);
                    }
                    isObject = isObject << 1 | (b == '{' ? 1 : 0);
                    position++;
                }
                case '}', ']' -> {
                    if ((isObject & 1) != (b == '}' ? 1 : 0)) {
                        throw malformed("matching bracket");
                    }
                    isObject >>>= 1;
                    depth--;
                    position++;
                }
                default -> position++;
            }
        } while (depth > 0);
    }

    private void skipWord(String word) throws MalformedJsonException {
        for (int i = 0; i < word.length(); i++) {
            if (position == end || document[position] != word.charAt(i)) {
                throw malformed(word);
            }
            position++;
        }
    }

    /** Steps over a number by JSON's grammar. */
    private void skipNumber() throws MalformedJsonException {
        if (position < end && document[position] == '-') {
            position++;
        }
        if (position < end && document[position] == '0') {
            position++;
        } else {
            skipDigits();
        }
        if (position < end && document[position] == '.') {
            position++;
            skipDigits();
        }
        if (position < end && (document[position] | 0x20) == 'e') {
            position++;
            if (position < end && (document[position] == '+' || document[position] == '-')) {
                position++;
            }
            skipDigits();
        }
    }

    private void skipDigits() throws MalformedJsonException {
        int start = position;
        while (position < end && document[position] >= '0' && document[position] <= '9') {
            position++;
        }
        if (position == start) {
            throw malformed("value");
        }
    }

    /** The next byte that is no white space; the cursor stays on it. */
    private byte peek(String expected) throws MalformedJsonException {
        int at = position;
        if (at + 1 < end) {
            byte b = document[at];
            if (b > ' ') {
                return b;
            }
            byte next = document[at + 1];
            if (b == ' ' && next > ' ') {
                position = at + 1;
                return next;
            }
        }
        return peekBeyondSpace(expected);
    }

    private byte peekBeyondSpace(String expected) throws MalformedJsonException {
        byte[] bytes = document;
        int last = end;
        int at = position;
        while (at < last) {
            byte b = bytes[at];
            if (b > ' ' || (b != ' ' && b != '\n' && b != '\r' && b != '\t')) {
                position = at;
                return b;
            }
            at++;
            // a new line is followed by blanks
            while (at + Long.BYTES <= last) {
                int blanks = Words.blanks(Words.at(bytes, at));
                at += blanks;
                if (blanks < Long.BYTES) {
                    break;
                }
            }
        }
        position = last;
        throw malformed(expected);
    }

    private void skipSpace() {
        while (position < end
                && (document[position] == ' '
                        || document[position] == '\n'
                        || document[position] == '\r'
                        || document[position] == '\t')) {
            position++;
        }
    }

    private MalformedJsonException endless() {
        position = end;
        return malformed("\"");
    }

    private MalformedJsonException malformed(String expected) {
        return new MalformedJsonException(expected, position, position >= end);
    }
}
