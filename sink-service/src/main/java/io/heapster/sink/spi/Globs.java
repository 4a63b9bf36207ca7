package io.heapster.sink.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Names given as a comma-separated list, for instance {@code cpu/*,memory/usage}: {@code *} stands for any characters,
 * slashes among them, and {@code ?} for one. Immutable.
 */
public final class Globs {
    private final List<String> texts;
    private final List<Pattern> patterns;

    private Globs(List<String> texts) {
        this.texts = texts;
        this.patterns = texts.stream().map(Globs::pattern).toList();
    }

    /** Blanks around a name and empty names are passed over. */
    public static Globs of(String list) {
        List<String> texts = new ArrayList<>();
        for (String text : list.split(",", -1)) {
            if (!text.isBlank()) {
                texts.add(text.strip());
            }
        }
        return new Globs(List.copyOf(texts));
    }

    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    public boolean isEmpty() {
        return texts.isEmpty();
    }

    /** The names as given. */
    public List<String> texts() {
        return texts;
    }

    public boolean matches(String name) {
        for (Pattern pattern : patterns) {
            if (pattern.matcher(name).matches()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return String.join(",", texts);
    }
}
