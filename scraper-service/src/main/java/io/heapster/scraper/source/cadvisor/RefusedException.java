package io.heapster.scraper.source.cadvisor;

import io.heapster.scraper.source.ScrapeException;

/** An answer with another status than 200. */
final class RefusedException extends ScrapeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String body;

    RefusedException(Reason reason, int status, String body, String message) {
        super(reason, message, null);
        this.status = status;
        this.body = body;
    }

    int status() {
        return status;
    }

    /** Whether cAdvisor says, or a server that is none, that it does not have what was asked for at all. */
    boolean isNotServed() {
        return switch (status) {
            case 400, 404, 405, 410, 501 -> true;
            // cAdvisor says so with the status of an error of its own
            case 500 -> body.contains("unsupported API version") || body.contains("unknown request type");
            default -> false;
        };
    }
}
