package io.heapster.scraper.source.kubernetes.events;

/** What the API server calls an event lacks what every event has. */
final class MalformedObjectException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedObjectException(String message) {
        super(message);
    }
}
