package io.heapster.scraper.source;

import io.heapster.contract.sample.Labels;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The labels that a pod's object carries. A workload's pods mostly carry the same, which then are kept once, and so is
 * the text that is made of them for every sample.
 */
public final class OwnLabels {
    private final Labels labels;

    /** Made when it is first asked for. Any thread may make it, all the same. */
    private @Nullable String text;

    public OwnLabels(Labels labels) {
        this.labels = labels;
    }

    public Labels labels() {
        return labels;
    }

    /** @param maker makes the text; the same one at every call */
    public String text(Function<Labels, String> maker) {
        String known = text;
        if (known == null) {
            known = maker.apply(labels);
            text = known;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OwnLabels own && labels.equals(own.labels);
    }

    @Override
    public int hashCode() {
        return labels.hashCode();
    }

    @Override
    public String toString() {
        return labels.toString();
    }
}
