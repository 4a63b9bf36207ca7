package io.heapster.simulator.kubelet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Grows while a document is written into it; numbers and times become digits without any object in between. */
final class DocumentBuffer {
    private static final int LONGEST_NUMBER = 20;
    private static final long SECONDS_PER_DAY = 86_400;

    private byte[] bytes;
    private int size;

    DocumentBuffer(int expectedSize) {
        this.bytes = new byte[expectedSize];
    }

    int size() {
        return size;
    }

    byte[] array() {
        return bytes;
    }

    void write(byte[] literal) {
        ensure(literal.length);
        System.arraycopy(literal, 0, bytes, size, literal.length);
        size += literal.length;
    }

    void write(byte single) {
        ensure(1);
        bytes[size++] = single;
    }

    /** Decimal digits of a number that is not negative. */
    void writeNumber(long value) {
        ensure(LONGEST_NUMBER);
        int end = size + digits(value);
        long rest = value;
        int at = end;
        do {
            bytes[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
        size = end;
    }

    /** A time of whole seconds as 2026-11-21T08:43:06Z. */
    void writeTime(long epochSecond) {
        ensure(LONGEST_NUMBER);
        long day = Math.floorDiv(epochSecond, SECONDS_PER_DAY);
        int second = (int) Math.floorMod(epochSecond, SECONDS_PER_DAY);
        // Days to civil date, counted in eras of 400 years that begin on 1 March.
        long shifted = day + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        long dayOfEra = shifted - era * 146_097;
        long yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (int) ((5 * dayOfYear + 2) / 153);
        int dayOfMonth = (int) (dayOfYear - (153L * monthFromMarch + 2) / 5 + 1);
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
        two(year / 100);
        two(year % 100);
        bytes[size++] = '-';
        two(month);
        bytes[size++] = '-';
        two(dayOfMonth);
        bytes[size++] = 'T';
        two(second / 3_600);
        bytes[size++] = ':';
        two(second / 60 % 60);
        bytes[size++] = ':';
        two(second % 60);
        bytes[size++] = 'Z';
    }

    private void two(int value) {
        bytes[size++] = (byte) ('0' + value / 10);
        bytes[size++] = (byte) ('0' + value % 10);
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }

    private static int digits(long value) {
        int count = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            count++;
        }
        return count;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }
}
