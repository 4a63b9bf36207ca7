package io.heapster.contract.flag;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How many letters must be added, removed or replaced to make one word of another (Levenshtein). */
public final class EditDistance {

    private EditDistance() {}

    /** The known word that was probably meant; empty when none is near. Of equally near ones the first. */
    public static Optional<String> nearest(String word, Iterable<String> known) {
        int tolerated = Math.max(2, word.length() / 3);
        @Nullable String nearest = null;
        for (String candidate : known) {
            int distance = between(word, candidate);
            if (distance <= tolerated) {
                tolerated = distance - 1;
                nearest = candidate;
            }
        }
        return Optional.ofNullable(nearest);
    }

    static int between(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
