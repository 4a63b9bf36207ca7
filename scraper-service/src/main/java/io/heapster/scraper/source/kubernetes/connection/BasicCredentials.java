package io.heapster.scraper.source.kubernetes.connection;

import java.util.Map;
import java.util.Optional;

/** A name and a password, as API servers of old took them. */
public record BasicCredentials(String user, String password) {
    /**
     * Those of an environment variable, as {@code user:password}.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static Optional<BasicCredentials> of(String variable, Map<String, String> environment) {
        String text = environment.getOrDefault(variable, "").strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        int colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            throw new IllegalArgumentException(variable + ": (hidden) is not accepted, give user:password");
        }
        return Optional.of(new BasicCredentials(text.substring(0, colon), text.substring(colon + 1)));
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "BasicCredentials[user=" + user + ", password=hidden]";
    }
}
