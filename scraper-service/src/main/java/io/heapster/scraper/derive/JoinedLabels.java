package io.heapster.scraper.derive;

import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How the labels of a pod or node become labels of its samples: joined in one text, and some stored under keys of their
 * own.
 */
public final class JoinedLabels {
    private final String separator;
    /** Key of the stored label by key of the pod's. */
    private final Map<String, String> store;

    /** Of the joined text; none stands for all. */
    private final Set<String> only;

    private final Set<String> ignore;
    private final int maxLength;
    private final LongAdder cut = new LongAdder();

    /** Of all labels: see {@link #JoinedLabels(String, Collection, Collection, Collection, int)}. */
    public JoinedLabels(String separator, Collection<String> store, Collection<String> ignore, int maxLength) {
        this(separator, store, List.of(), ignore, maxLength);
    }

    /**
     * @param separator between two labels of the joined text
     * @param store {@code key} or {@code newKey=key}: labels that are also stored one by one
     * @param only keys that the joined text is made of; none: all
     * @param ignore keys that are left out of the joined text
     * @param maxLength most characters of the joined text
     * @throws IllegalArgumentException if a label is to be stored under a key that tells entities apart
     */
    public JoinedLabels(
            String separator,
            Collection<String> store,
            Collection<String> only,
            Collection<String> ignore,
            int maxLength) {
        this.separator = separator;
        this.store = new TreeMap<>();
        this.only = Set.copyOf(only);
        this.ignore = Set.copyOf(ignore);
        this.maxLength = maxLength;
        for (String entry : store) {
            int equals = entry.indexOf('=');
            String newKey = equals < 0 ? entry : entry.substring(0, equals);
            if (newKey.isEmpty() || LabelKey.OWN.contains(newKey)) {
                throw new IllegalArgumentException("heapster.scraper.store-labels: '" + entry
                        + "' would replace the label '" + newKey + "' of Heapster's own, write newName=" + newKey);
            }
            this.store.put(entry.substring(equals + 1), newKey);
        }
    }

    /** How many joined texts were cut so far. */
    long cut() {
        return cut.sum();
    }

    /**
     * {@code key:value} of each label that is not ignored, sorted as whole texts and joined; as many of them as there is
     * room for.
     */
    String join(Labels labels) {
        StringBuilder joined = new StringBuilder(128);
        String before = "";
        for (int i = 0; i < labels.size(); i++) {
            String key = labels.key(i);
            if (isJoined(key)) {
                if (!before.isEmpty()) {
                    if (!areSorted(before, key)) {
                        return joinSorted(labels);
                    }
                    joined.append(separator);
                }
                joined.append(key).append(':').append(labels.value(i));
                before = key;
            }
        }
        return joined.length() <= maxLength ? joined.toString() : joinSorted(labels);
    }

    /** Whether two keys stand in the order of {@code key:value}: not where one begins with the other, for a colon follows. */
    private static boolean areSorted(String key, String next) {
        return !next.startsWith(key) || next.charAt(key.length()) > ':';
    }

    private String joinSorted(Labels labels) {
        List<String> texts = new ArrayList<>(labels.size());
        for (int i = 0; i < labels.size(); i++) {
            if (isJoined(labels.key(i))) {
                texts.add(labels.key(i) + ":" + labels.value(i));
            }
        }
        String[] sorted = texts.toArray(String[]::new);
        Arrays.sort(sorted);
        String joined = String.join(separator, sorted);
        if (joined.length() <= maxLength) {
            return joined;
        }
        cut.increment();
        return joined.substring(0, lengthWithinLimit(sorted));
    }

    private boolean isJoined(String key) {
        if (ignore.isEmpty() && only.isEmpty()) {
            return true;
        }
        return !ignore.contains(key) && (only.isEmpty() || only.contains(key));
    }

    private int lengthWithinLimit(String[] texts) {
        int length = 0;
        for (String text : texts) {
            int longer = length == 0 ? text.length() : length + separator.length() + text.length();
            if (longer > maxLength) {
                break;
            }
            length = longer;
        }
        return length;
    }

    /** The entity's labels with the joined text and the stored labels. */
    Labels onto(Labels entityLabels, Labels labels) {
        return store(entityLabels.with(LabelKey.LABELS, join(labels)), labels);
    }

    /** The entity's labels with the stored labels. */
    Labels store(Labels entityLabels, Labels labels) {
        Labels result = entityLabels;
        for (Map.Entry<String, String> stored : store.entrySet()) {
            String value = labels.get(stored.getKey());
            if (!value.isEmpty()) {
                result = result.with(stored.getValue(), value);
            }
        }
        return result;
    }
}
