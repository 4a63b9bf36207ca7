package io.heapster.simulator.access;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The tokens a simulated server knows; may be changed while it serves. */
public final class BearerTokens {
    private static final String SCHEME = "Bearer ";

    /** What a request's Authorization header is worth. */
    public enum Verdict {
        /** A token that may do everything the simulator offers. */
        ALLOWED,
        /** A known token without any right. */
        FORBIDDEN,
        /** A token nobody issued, or one that has been revoked. */
        UNKNOWN,
        /** No token at all. */
        ANONYMOUS
    }

    private final Set<String> allowed = ConcurrentHashMap.newKeySet();
    private final Set<String> forbidden = ConcurrentHashMap.newKeySet();

    /** Knows these tokens, all of them with full rights. */
    public static BearerTokens accepting(String... tokens) {
        BearerTokens result = new BearerTokens();
        for (String token : tokens) {
            result.accept(token);
        }
        return result;
    }

    /** From now on the token has full rights. */
    public void accept(String token) {
        allowed.add(token);
        forbidden.remove(token);
    }

    /** From now on the token is known and has no rights (403). */
    public void forbid(String token) {
        forbidden.add(token);
        allowed.remove(token);
    }

    /** From now on the token is unknown (401), as one that has expired. */
    public void revoke(String token) {
        allowed.remove(token);
        forbidden.remove(token);
    }

    /** Judges the value of an Authorization header. */
    public Verdict judge(@Nullable String authorization) {
        if (authorization == null) {
            return Verdict.ANONYMOUS;
        }
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Verdict.UNKNOWN;
        }
        String token = authorization.substring(SCHEME.length()).trim();
        if (allowed.contains(token)) {
            return Verdict.ALLOWED;
        }
        return forbidden.contains(token) ? Verdict.FORBIDDEN : Verdict.UNKNOWN;
    }
}
