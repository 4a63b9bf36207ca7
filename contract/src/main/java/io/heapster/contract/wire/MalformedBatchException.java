package io.heapster.contract.wire;

/** A record's value is no sample batch. The record is passed over and counted; reading goes on behind it. */
public final class MalformedBatchException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedBatchException(String message) {
        super(message);
    }

    MalformedBatchException(String message, Throwable cause) {
        super(message, cause);
    }
}
