package io.heapster.model.resourcemetrics.selector;

import org.jspecify.annotations.Nullable;

/**
 * Reads the labels of a Kubernetes object out of the one text that they travel in: {@code key:value}, joined by a
 * separator. A key has no colon.
 */
public final class LabelText {
    private final String separator;
    private final int limit;

    /**
     * @param separator what the scraper joined them with
     * @param limit length of a text that may have been cut anywhere: its last label is not believed
     * @throws IllegalArgumentException if there is no separator
     */
    public LabelText(String separator, int limit) {
        if (separator.isEmpty()) {
            throw new IllegalArgumentException("a separator of labels must not be empty");
        }
        this.separator = separator;
        this.limit = limit;
    }

    /** The value of a label; null when there is none of this key. */
    public @Nullable String find(String text, String key) {
        int begin = 0;
        while (begin < text.length()) {
            int end = end(text, begin);
            if (end < 0) {
                return null;
            }
            int colon = begin + key.length();
            if (colon < end && text.charAt(colon) == ':' && text.startsWith(key, begin)) {
                return text.substring(colon + 1, end);
            }
            begin = end + separator.length();
        }
        return null;
    }

    /** Is told where in the text a label lies. */
    @FunctionalInterface
    public interface Reader {
        /** The key begins at {@code key} and ends before the colon, the value begins after that and ends before {@code end}. */
        void label(String text, int key, int colon, int end);
    }

    /** Gives each label in the order of the text. */
    public void forEach(String text, Reader reader) {
        int begin = 0;
        while (begin < text.length()) {
            int end = end(text, begin);
            if (end < 0) {
                return;
            }
            int colon = text.indexOf(':', begin);
            if (colon > begin && colon < end) {
                reader.label(text, begin, colon, end);
            }
            begin = end + separator.length();
        }
    }

    /** Where the label ends that begins here; −1 when it may have been cut. */
    private int end(String text, int begin) {
        int end = text.indexOf(separator, begin);
        if (end >= 0) {
            return end;
        }
        return text.length() >= limit ? -1 : text.length();
    }
}
