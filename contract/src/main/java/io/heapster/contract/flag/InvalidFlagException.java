package io.heapster.contract.flag;

import org.jspecify.annotations.Nullable;

/** The command line is wrong; the message is one line with what, and how to cure it. */
public final class InvalidFlagException extends IllegalArgumentException {

    /** For rules of the caller's own, such as one flag that needs another. */
    public InvalidFlagException(String message) {
        this(message, null);
    }

    InvalidFlagException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
