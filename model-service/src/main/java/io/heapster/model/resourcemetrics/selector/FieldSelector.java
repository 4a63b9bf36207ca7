package io.heapster.model.resourcemetrics.selector;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requirements that all must be met by the name and the namespace of an object. */
public final class FieldSelector {
    public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    private static final String NAME = "metadata.name";
    private static final String NAMESPACE = "metadata.namespace";

    private final List<Term> terms;

    private FieldSelector(List<Term> terms) {
        this.terms = List.copyOf(terms);
    }

    private record Term(boolean ofName, boolean equal, String value) {
        boolean isMetBy(String namespace, String name) {
            return (ofName ? name : namespace).equals(value) == equal;
        }
    }

    /**
     * @param text {@code metadata.name=a,metadata.namespace!=b}; null or empty selects everything. A backslash before a
     *     comma, an equals sign or a backslash makes it part of the value
     * @throws BadSelectorException if it is none, or asks for another field
     */
    public static FieldSelector parse(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return EVERYTHING;
        }
        List<Term> terms = new ArrayList<>();
        int begin = 0;
        boolean escaped = false;
        for (int at = 0; at <= text.length(); at++) {
            if (at == text.length() || (!escaped && text.charAt(at) == ',')) {
                if (at > begin) {
                    terms.add(term(text, text.substring(begin, at)));
                }
                begin = at + 1;
            } else {
                escaped = !escaped && text.charAt(at) == '\\';
            }
        }
        return new FieldSelector(terms);
    }

    private static Term term(String selector, String term) {
        int equals = term.indexOf('=');
        if (equals < 0) {
            throw new BadSelectorException("invalid selector: '" + selector + "'; can't understand '" + term + "'");
        }
        boolean negated = equals > 0 && term.charAt(equals - 1) == '!';
        int valueBegin = !negated && term.startsWith("==", equals) ? equals + 2 : equals + 1;
        String field = term.substring(0, negated ? equals - 1 : equals);
        String value = unescaped(term.substring(valueBegin));
        if (!field.equals(NAME) && !field.equals(NAMESPACE)) {
            throw new BadSelectorException(
                    "\"" + field + "\" is not a known field selector: only \"" + NAME + "\", \"" + NAMESPACE + "\"");
        }
        return new Term(field.equals(NAME), !negated, value);
    }

    private static String unescaped(String value) {
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char letter = value.charAt(i);
            if (letter == '\\') {
                i++;
                if (i == value.length() || "\\,=".indexOf(value.charAt(i)) < 0) {
                    throw new BadSelectorException("invalid field selector: invalid escape sequence: "
                            + value.substring(i - 1, Math.min(i + 1, value.length())));
                }
                text.append(value.charAt(i));
            } else if (letter == '=') {
                throw new BadSelectorException("invalid field selector: unescaped character in value: " + (int) letter);
            } else {
                text.append(letter);
            }
        }
        return text.toString();
    }

    /** @param namespace empty for an object that is in none */
    public boolean matches(String namespace, String name) {
        for (Term term : terms) {
            if (!term.isMetBy(namespace, name)) {
                return false;
            }
        }
        return true;
    }
}
