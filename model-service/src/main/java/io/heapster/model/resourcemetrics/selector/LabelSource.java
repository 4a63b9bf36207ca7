package io.heapster.model.resourcemetrics.selector;

import org.jspecify.annotations.Nullable;

/** The labels of one object. */
@FunctionalInterface
public interface LabelSource {
    /** The value of a label, which may be empty; null when there is no such label. */
    @Nullable
    String get(String key);
}
