package io.heapster.scraper.source;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A node gave no usable answer. The message names the cure where there is one. */
public class ScrapeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Classes of failures: a bounded set, used as a label of the failure counter. */
    public enum Reason {
        TIMEOUT,
        /** Refused, reset, no route. */
        CONNECT,
        TLS,
        /** 401: who asks is not known. */
        UNAUTHORIZED,
        /** 403: who asks may not. */
        FORBIDDEN,
        /** Any other status than 200. */
        HTTP,
        /** The answer is no document of the kind asked for. */
        DECODE,
        /** The answer is larger than the limit. */
        TOO_LARGE,
        /** Anything else; the message says what. */
        INTERNAL;

        /** The word in records and metrics, for instance {@code timeout}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ScrapeException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
