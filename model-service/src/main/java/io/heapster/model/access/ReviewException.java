package io.heapster.model.access;

/** The API server gave no answer; the message says why, and the cure if one is known. */
final class ReviewException extends RuntimeException {
    ReviewException(String message) {
        super(message);
    }

    ReviewException(String message, Throwable cause) {
        super(message, cause);
    }
}
