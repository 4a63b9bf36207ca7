package io.heapster.contract.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Immutable labels, sorted by key. An empty value is the same as no label, as InfluxDB and Heapster have it, so none is
 * kept.
 */
public final class Labels {
    public static final Labels EMPTY = new Labels(new String[0]);

    /** Key, value, key, value, …; keys ascending and different, values not empty. */
    private final String[] pairs;

    /** Made when it is asked for, since most labels are never; 0: not yet. Any thread may make it, all the same. */
    private int hash;

    private Labels(String[] pairs) {
        this.pairs = pairs;
    }

    /**
     * Neither sums nor products of the texts' hashes alone: those of names that are numbered, in several labels at once,
     * would meet each other by the thousand.
     */
    private static int hash(String[] pairs) {
        int hash = pairs.length;
        for (String text : pairs) {
            hash = (hash ^ text.hashCode()) * 0x9E3779B1;
            hash ^= hash >>> 15;
        }
        return hash;
    }

    /**
     * @param pairs key, value, key, value, …; of a key given twice the last value holds
     * @throws IllegalArgumentException if a value is missing
     */
    public static Labels of(String... pairs) {
        if (pairs.length % 2 != 0) {
            throw new IllegalArgumentException("a label without a value: " + pairs[pairs.length - 1]);
        }
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return of(map);
    }

    public static Labels of(Map<String, String> labels) {
        List<String> pairs = new ArrayList<>(2 * labels.size());
        new TreeMap<>(labels).forEach((key, value) -> {
            if (!value.isEmpty()) {
                pairs.add(key);
                pairs.add(value);
            }
        });
        return pairs.isEmpty() ? EMPTY : new Labels(pairs.toArray(String[]::new));
    }

    /** These labels with one set, replaced or (by an empty value) taken away. */
    public Labels with(String key, String value) {
        int at = find(key);
        if (at >= 0) {
            if (pairs[2 * at + 1].equals(value)) {
                return this;
            }
            if (value.isEmpty()) {
                String[] less = new String[pairs.length - 2];
                System.arraycopy(pairs, 0, less, 0, 2 * at);
                System.arraycopy(pairs, 2 * at + 2, less, 2 * at, less.length - 2 * at);
                return less.length == 0 ? EMPTY : new Labels(less);
            }
            String[] same = pairs.clone();
            same[2 * at + 1] = value;
            return new Labels(same);
        }
        if (value.isEmpty()) {
            return this;
        }
        int insertion = -at - 1;
        String[] more = new String[pairs.length + 2];
        System.arraycopy(pairs, 0, more, 0, 2 * insertion);
        more[2 * insertion] = key;
        more[2 * insertion + 1] = value;
        System.arraycopy(pairs, 2 * insertion, more, 2 * insertion + 2, pairs.length - 2 * insertion);
        return new Labels(more);
    }

    /** These labels with all of {@code others} set or replaced. */
    public Labels with(Labels others) {
        if (pairs.length == 0) {
            return others;
        }
        Labels result = this;
        for (int i = 0; i < others.size(); i++) {
            result = result.with(others.key(i), others.value(i));
        }
        return result;
    }

    /**
     * These labels overridden by others: in one pass when the others are sorted by key and none takes a label away.
     *
     * @param others key, value, key, value, …; an empty value takes the label away
     * @param length how much of {@code others} counts; even
     */
    public Labels overriddenBy(String[] others, int length) {
        if (length % 2 != 0) {
            throw new IllegalArgumentException("a label without a value: " + others[length - 1]);
        }
        if (length == 0) {
            return this;
        }
        if (!plain(others, length)) {
            Labels result = this;
            for (int i = 0; i < length; i += 2) {
                result = result.with(others[i], others[i + 1]);
            }
            return result;
        }
        String[] merged = new String[pairs.length + length];
        int size = 0;
        int mine = 0;
        int other = 0;
        while (mine < pairs.length || other < length) {
            int order = mine == pairs.length ? 1 : other == length ? -1 : order(pairs[mine], others[other]);
            String[] from = order < 0 ? pairs : others;
            int at = order < 0 ? mine : other;
            merged[size++] = from[at];
            merged[size++] = from[at + 1];
            mine += order <= 0 ? 2 : 0;
            other += order >= 0 ? 2 : 0;
        }
        return new Labels(size == merged.length ? merged : Arrays.copyOf(merged, size));
    }

    private static boolean plain(String[] others, int length) {
        for (int i = 0; i < length; i += 2) {
            if (others[i + 1].isEmpty() || (i > 0 && order(others[i - 2], others[i]) >= 0)) {
                return false;
            }
        }
        return true;
    }

    public int size() {
        return pairs.length / 2;
    }

    public String key(int index) {
        return pairs[2 * index];
    }

    public String value(int index) {
        return pairs[2 * index + 1];
    }

    /** The value of a label; empty when there is none. */
    public String get(String key) {
        int at = find(key);
        return at < 0 ? "" : pairs[2 * at + 1];
    }

    public boolean has(String key) {
        return find(key) >= 0;
    }

    /** A copy as a map, ascending by key. */
    public Map<String, String> toMap() {
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < size(); i++) {
            map.put(key(i), value(i));
        }
        return map;
    }

    /** Index of the pair, or −(insertion point) − 1. */
    private int find(String key) {
        int low = 0;
        int high = size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = order(pairs[2 * middle], key);
            if (order == 0) {
                return middle;
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    /** Keys are mostly constants, which need no look at their letters. */
    @SuppressWarnings("ReferenceEquality")
    private static int order(String one, String other) {
        return one == other ? 0 : one.compareTo(other);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Labels labels && Arrays.equals(pairs, labels.pairs));
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            known = hash(pairs);
            hash = known;
        }
        return known;
    }

    /** {@code key:value,key:value}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            text.append(i == 0 ? "" : ",").append(pairs[i]).append(':').append(pairs[i + 1]);
        }
        return text.toString();
    }
}
