package io.heapster.scraper.derive;

import io.heapster.contract.sample.Labels;

/** Labels that are set on others, in the ascending order of their keys: all in one pass. */
final class Overrides {
    private static final int MOST = 8;

    private final Labels labels;
    private final String[] pairs = new String[2 * MOST];
    private int length;

    Overrides(Labels labels) {
        this.labels = labels;
    }

    /** Sets a label or (by an empty value) takes it away. */
    void set(String key, String value) {
        if (!value.isEmpty() || labels.has(key)) {
            pairs[length++] = key;
            pairs[length++] = value;
        }
    }

    Labels labels() {
        return labels.overriddenBy(pairs, length);
    }
}
