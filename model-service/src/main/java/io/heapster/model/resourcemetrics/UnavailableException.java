package io.heapster.model.resourcemetrics;

/** There is nothing true to say at this moment. */
final class UnavailableException extends RuntimeException {
    /** When to ask again; clients of Kubernetes do so up to ten times before they give up. */
    static final int RETRY_AFTER_SECONDS = 2;

    UnavailableException(String message) {
        super(message);
    }
}
