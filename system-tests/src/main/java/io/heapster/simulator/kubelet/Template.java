package io.heapster.simulator.kubelet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A piece of JSON with holes, cut up once: {@code @} is a hole for a number, {@code #} one for a time. */
final class Template {
    private static final char NUMBER = '@';
    private static final char TIME = '#';

    private final byte[][] literals;
    private final boolean[] times;

    private Template(List<byte[]> literals, List<Boolean> times) {
        this.literals = literals.toArray(byte[][]::new);
        this.times = new boolean[times.size()];
        for (int i = 0; i < this.times.length; i++) {
            this.times[i] = times.get(i);
        }
    }

    /** Cuts up the text, every line of it moved to the right by so many blanks. */
    static Template of(String text, int depth) {
        String moved = text.stripTrailing().indent(depth).stripTrailing();
        List<byte[]> literals = new ArrayList<>();
        List<Boolean> times = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < moved.length(); i++) {
            char c = moved.charAt(i);
            if (c == NUMBER || c == TIME) {
                literals.add(moved.substring(from, i).getBytes(StandardCharsets.UTF_8));
                times.add(c == TIME);
                from = i + 1;
            }
        }
        literals.add(moved.substring(from).getBytes(StandardCharsets.UTF_8));
        return new Template(literals, times);
    }

    /** Writes the piece, its holes filled in order; times as seconds since 1970. */
    void write(DocumentBuffer out, long... values) {
        if (values.length != times.length) {
            throw new IllegalArgumentException(values.length + " values for " + times.length + " holes");
        }
        for (int i = 0; i < values.length; i++) {
            out.write(literals[i]);
            if (times[i]) {
                out.writeTime(values[i]);
            } else {
                out.writeNumber(values[i]);
            }
        }
        out.write(literals[values.length]);
    }
}
