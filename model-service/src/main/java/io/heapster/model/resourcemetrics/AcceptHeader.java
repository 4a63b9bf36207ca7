package io.heapster.model.resourcemetrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The header {@code Accept} as the API server reads it: JSON, and what kind of object it is to be turned into. */
final class AcceptHeader {
    private static final Comparator<Clause> BEST_FIRST = Comparator.comparingDouble((Clause clause) -> -clause.quality)
            .thenComparing(clause -> clause.type.equals("*"))
            .thenComparing(clause -> clause.subtype.equals("*"));

    private final List<Clause> clauses;

    private AcceptHeader(List<Clause> clauses) {
        this.clauses = clauses;
    }

    /** An object that the answer is to be turned into: parameters {@code as}, {@code g} and {@code v}. */
    record Target(String kind, String group, String version) {
        /** The answer as it is. */
        static final Target NONE = new Target("", "", "");
    }

    private record Clause(String type, String subtype, double quality, Target target) {
        boolean allowsJson() {
            return (type.equals("*") && subtype.equals("*"))
                    || (type.equals("application") && (subtype.equals("*") || subtype.equals("json")));
        }
    }

    /** @param header null or empty accepts anything */
    static AcceptHeader parse(@Nullable String header) {
        List<Clause> clauses = new ArrayList<>();
        String text = header == null || header.isBlank() ? "*/*" : header;
        for (String clause : text.split(",", -1)) {
            String[] parts = clause.trim().split(";", -1);
            String media = parts[0].trim().equals("*") ? "*/*" : parts[0].trim().toLowerCase(Locale.ROOT);
            int slash = media.indexOf('/');
            if (slash > 0) {
                Map<String, String> parameters = parameters(parts);
                clauses.add(new Clause(
                        media.substring(0, slash),
                        media.substring(slash + 1),
                        quality(parameters),
                        target(parameters)));
            }
        }
        clauses.sort(BEST_FIRST);
        return new AcceptHeader(clauses);
    }

    private static Map<String, String> parameters(String[] parts) {
        Map<String, String> parameters = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals > 0) {
                parameters.put(
                        parts[i].substring(0, equals).trim(),
                        parts[i].substring(equals + 1).trim());
            }
        }
        return parameters;
    }

    private static double quality(Map<String, String> parameters) {
        try {
            return Double.parseDouble(parameters.getOrDefault("q", "1"));
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    private static Target target(Map<String, String> parameters) {
        return new Target(
                parameters.getOrDefault("as", ""), parameters.getOrDefault("g", ""), parameters.getOrDefault("v", ""));
    }

    /** What is offered for the best clause that can be met. */
    <T> Optional<T> choose(Map<Target, T> offers) {
        for (Clause clause : clauses) {
            T offer = offers.get(clause.target);
            if (clause.allowsJson() && offer != null) {
                return Optional.of(offer);
            }
        }
        return Optional.empty();
    }
}
