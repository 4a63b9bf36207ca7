package io.heapster.model.resourcemetrics.selector;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One requirement of a selector. A label that is not there is in no set of values, and neither greater nor less. */
record Requirement(String key, Operator operator, Set<String> values) {

    boolean isMetBy(@Nullable String value) {
        return switch (operator) {
            case IN -> value != null && values.contains(value);
            case NOT_IN -> value == null || !values.contains(value);
            case EXISTS -> value != null;
            case DOES_NOT_EXIST -> value == null;
            case GREATER_THAN -> value != null && compared(value) > 0;
            case LESS_THAN -> value != null && compared(value) < 0;
        };
    }

    /** 0 as well when the label is no number. */
    private int compared(String value) {
        try {
            return Long.compare(
                    Long.parseLong(value), Long.parseLong(values.iterator().next()));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
