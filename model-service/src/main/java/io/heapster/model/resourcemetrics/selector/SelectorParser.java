package io.heapster.model.resourcemetrics.selector;

import io.heapster.model.resourcemetrics.selector.SelectorTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads a label selector. */
final class SelectorParser {
    private static final String OPERATORS = "in, notin, =, ==, !=, gt, lt";

    private final SelectorTokens tokens;

    SelectorParser(String text) {
        tokens = new SelectorTokens(text);
    }

    LabelSelector parse() {
        List<Requirement> requirements = new ArrayList<>();
        if (tokens.peek().isEnd()) {
            return LabelSelector.EVERYTHING;
        }
        if (!beginsRequirement(tokens.peek())) {
            throw found(tokens.peek(), ", expected: !, identifier, or 'end of string'");
        }
        while (true) {
            requirements.add(requirement());
            Token after = tokens.take();
            if (after.isEnd()) {
                return new LabelSelector(requirements);
            }
            if (!after.is(",")) {
                throw found(after, ", expected: ',' or 'end of string'");
            }
            if (!beginsRequirement(tokens.peek())) {
                throw found(tokens.peek(), ", expected: identifier after ','");
            }
        }
    }

    private static boolean beginsRequirement(Token token) {
        return token.isWord() || token.is("!");
    }

    private Requirement requirement() {
        try {
            return keyAndRest();
        } catch (BadSelectorException e) {
            throw new BadSelectorException("unable to parse requirement: " + e.getMessage());
        }
    }

    private Requirement keyAndRest() {
        boolean negated = tokens.peek().is("!");
        if (negated) {
            tokens.take();
        }
        Token key = tokens.take();
        if (!key.isWord()) {
            throw found(key, ", expected: identifier");
        }
        LabelSyntax.checkKey(key.text());
        if (negated) {
            return new Requirement(key.text(), Operator.DOES_NOT_EXIST, Set.of());
        }
        if (tokens.peek().isEnd() || tokens.peek().is(",")) {
            return new Requirement(key.text(), Operator.EXISTS, Set.of());
        }
        Token operator = tokens.take();
        return switch (operator.text()) {
            case "in" -> withValues(key, Operator.IN, values());
            case "notin" -> withValues(key, Operator.NOT_IN, values());
            case "=", "==" -> withValues(key, Operator.IN, Set.of(value()));
            case "!=" -> withValues(key, Operator.NOT_IN, Set.of(value()));
            case ">" -> withValues(key, Operator.GREATER_THAN, Set.of(integer()));
            case "<" -> withValues(key, Operator.LESS_THAN, Set.of(integer()));
            default -> throw found(operator, ", expected: " + OPERATORS);
        };
    }

    private static Requirement withValues(Token key, Operator operator, Set<String> values) {
        int index = 0;
        for (String value : values) {
            LabelSyntax.checkValue(key.text(), index++, value);
        }
        return new Requirement(key.text(), operator, values);
    }

    /** {@code (a,b,c)}, where a value may be missing and then is empty. */
    private Set<String> values() {
        Token open = tokens.take();
        if (!open.is("(")) {
            throw found(open, " expected: '('");
        }
        Set<String> values = new TreeSet<>();
        boolean valueBefore = false;
        while (true) {
            Token token = tokens.take();
            if (token.isWord()) {
                if (valueBefore) {
                    throw found(token, ", expected: ',' or ')'");
                }
                values.add(token.text());
                valueBefore = true;
            } else if (token.is(",") || token.is(")")) {
                if (!valueBefore) {
                    values.add("");
                }
                valueBefore = false;
                if (token.is(")")) {
                    return values;
                }
            } else {
                throw found(token, valueBefore ? ", expected: ',' or ')'" : ", expected: ',', ')' or identifier");
            }
        }
    }

    private String value() {
        if (tokens.peek().isEnd() || tokens.peek().is(",")) {
            return "";
        }
        Token value = tokens.take();
        if (!value.isWord()) {
            throw found(value, ", expected: identifier");
        }
        return value.text();
    }

    private String integer() {
        String value = value();
        try {
            return Long.toString(Long.parseLong(value));
        } catch (NumberFormatException e) {
            throw new BadSelectorException("values[0]: Invalid value: \"" + value
                    + "\": for 'Gt', 'Lt' operators, the value must be an integer");
        }
    }

    private static BadSelectorException found(Token token, String expected) {
        return new BadSelectorException("found '" + token.text() + "'" + expected);
    }
}
