package io.heapster.simulator.apiserver;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which objects a request asks for: a namespace, equalities of fields, equalities and presence of labels. */
final class Selector {
    private enum Operator {
        EQUAL,
        NOT_EQUAL,
        EXISTS,
        MISSING
    }

    private record Requirement(boolean label, String key, Operator operator, String value) {
        boolean holds(ApiObject object) {
            String actual = label ? object.labels().get(key) : object.field(key);
            return switch (operator) {
                case EQUAL -> value.equals(actual);
                case NOT_EQUAL -> !value.equals(actual);
                case EXISTS -> actual != null;
                case MISSING -> actual == null;
            };
        }
    }

    private final String namespace;
    private final List<Requirement> requirements = new ArrayList<>();

    /**
     * @param namespace empty for all
     * @throws IllegalArgumentException when a selector is none, or one with sets, which is not understood here
     */
    Selector(String namespace, @Nullable String fieldSelector, @Nullable String labelSelector) {
        this.namespace = namespace;
        add(fieldSelector, false);
        add(labelSelector, true);
    }

    boolean matches(ApiObject object) {
        if (!namespace.isEmpty() && !namespace.equals(object.namespace())) {
            return false;
        }
        for (Requirement requirement : requirements) {
            if (!requirement.holds(object)) {
                return false;
            }
        }
        return true;
    }

    private void add(@Nullable String text, boolean label) {
        if (text == null || text.isBlank()) {
            return;
        }
        if (text.contains("(")) {
            throw new IllegalArgumentException("sets are not understood: " + text);
        }
        for (String part : text.split(",", -1)) {
            requirements.add(parse(part.trim(), label));
        }
    }

    private static Requirement parse(String part, boolean label) {
        int equals = part.indexOf('=');
        if (equals > 0) {
            boolean not = part.charAt(equals - 1) == '!';
            String key = part.substring(0, not ? equals - 1 : equals).trim();
            int from = part.startsWith("==", equals) ? equals + 2 : equals + 1;
            String value = part.substring(from).trim();
            return new Requirement(label, key, not ? Operator.NOT_EQUAL : Operator.EQUAL, value);
        }
        if (!label || part.isEmpty() || equals == 0) {
            throw new IllegalArgumentException("unable to parse requirement: " + part);
        }
        return part.startsWith("!")
                ? new Requirement(true, part.substring(1).trim(), Operator.MISSING, "")
                : new Requirement(true, part, Operator.EXISTS, "");
    }
}
