package io.heapster.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The secret of those who may replace the sinks. The file is read each time, so that another takes effect at once. */
record ReplacementToken(Path file) {
    static final String SETTING = "heapster.sink.api.token-file";

    private static final int SHORTEST = 16;
    private static final Pattern BEARER = Pattern.compile("(?i)bearer +([^ ]+) *");

    /**
     * Reads it once.
     *
     * @throws IllegalArgumentException if there is none that could be used, in one line with the cure
     */
    static ReplacementToken in(String file) {
        ReplacementToken token = new ReplacementToken(Path.of(file));
        try {
            token.read();
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return token;
    }

    /** Whether the value of a header {@code Authorization} shows it. */
    boolean isShownBy(@Nullable String authorization) throws IOException {
        byte[] token = read();
        Matcher shown = BEARER.matcher(authorization == null ? "" : authorization);
        return shown.matches() && MessageDigest.isEqual(token, shown.group(1).getBytes(UTF_8));
    }

    private byte[] read() throws IOException {
        String token;
        try {
            token = Files.readString(file).strip();
        } catch (IOException e) {
            throw new IOException(
                    "'" + file + "' cannot be read, give a file with a token, for instance made by"
                            + " 'openssl rand -hex 32': " + e,
                    e);
        }
        if (token.length() < SHORTEST || token.chars().anyMatch(Character::isWhitespace)) {
            throw new IOException("'" + file + "' holds no token, give one of at least " + SHORTEST
                    + " characters without spaces, for instance made by 'openssl rand -hex 32'");
        }
        return token.getBytes(UTF_8);
    }
}
