package io.heapster.contract.event;

/** A record's value is no event. The record is passed over and counted; reading goes on behind it. */
public final class MalformedEventException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedEventException(String message) {
        super(message);
    }

    MalformedEventException(String message, Throwable cause) {
        super(message, cause);
    }
}
