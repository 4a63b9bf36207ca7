package io.heapster.contract.uri;

import org.jspecify.annotations.Nullable;

/** A component URI or one of its options is wrong; the message is one line with what, and how to cure it. */
public final class InvalidUriException extends IllegalArgumentException {

    InvalidUriException(String message) {
        this(message, null);
    }

    InvalidUriException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
