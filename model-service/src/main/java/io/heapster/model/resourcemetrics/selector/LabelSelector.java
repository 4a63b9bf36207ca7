package io.heapster.model.resourcemetrics.selector;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requirements that all must be met by the labels of an object. */
public final class LabelSelector {
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    private final List<Requirement> requirements;

    LabelSelector(List<Requirement> requirements) {
        this.requirements = List.copyOf(requirements);
    }

    /**
     * @param text {@code a=b,c!=d,e in (f,g),h notin (i),j,!k,l>1}; null or empty selects everything
     * @throws BadSelectorException if it is none
     */
    public static LabelSelector parse(@Nullable String text) {
        return text == null || text.isEmpty() ? EVERYTHING : new SelectorParser(text).parse();
    }

    /** Whether every object matches, whatever its labels. */
    public boolean isEverything() {
        return requirements.isEmpty();
    }

    public boolean matches(LabelSource labels) {
        for (Requirement requirement : requirements) {
            if (!requirement.isMetBy(labels.get(requirement.key()))) {
                return false;
            }
        }
        return true;
    }
}
