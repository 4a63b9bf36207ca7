package io.heapster.model.resourcemetrics.selector;

/** A selector that cannot be understood; the message is the API server's. */
public final class BadSelectorException extends RuntimeException {
    BadSelectorException(String message) {
        super(message);
    }
}
