package io.heapster.model.resourcemetrics.selector;

import java.util.ArrayList;
import java.util.List;

/** The tokens of a label selector: signs, and words between signs and white space. */
final class SelectorTokens {
    private static final String SIGNS = "=!(),><";
    private static final List<String> TWO_SIGNS = List.of("==", "!=");

    private final List<Token> tokens = new ArrayList<>();
    private int next;

    /** @param sign whether it is made of signs; else it is a word, or the end when its text is empty */
    record Token(String text, boolean sign) {
        boolean is(String expected) {
            return sign && text.equals(expected);
        }

        boolean isEnd() {
            return !sign && text.isEmpty();
        }

        boolean isWord() {
            return !sign && !text.isEmpty();
        }
    }

    SelectorTokens(String text) {
        int at = 0;
        while (at < text.length()) {
            char letter = text.charAt(at);
            if (isSpace(letter)) {
                at++;
            } else if (SIGNS.indexOf(letter) >= 0) {
                int end = at + 2 <= text.length() && TWO_SIGNS.contains(text.substring(at, at + 2)) ? at + 2 : at + 1;
                tokens.add(new Token(text.substring(at, end), true));
                at = end;
            } else {
                int end = at;
                while (end < text.length() && !isSpace(text.charAt(end)) && SIGNS.indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                tokens.add(new Token(text.substring(at, end), false));
                at = end;
            }
        }
        tokens.add(new Token("", false));
    }

    private static boolean isSpace(char letter) {
        return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n';
    }

    /** The token to come; at the end, the end. */
    Token peek() {
        return tokens.get(Math.min(next, tokens.size() - 1));
    }

    Token take() {
        Token token = peek();
        next++;
        return token;
    }
}
