package io.heapster.model.api;

/** A query parameter that cannot be understood; the message is the body of the answer 400. */
final class BadQueryException extends RuntimeException {
    BadQueryException(String message) {
        super(message);
    }
}
