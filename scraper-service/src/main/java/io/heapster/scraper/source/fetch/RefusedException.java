package io.heapster.scraper.source.fetch;

import io.heapster.scraper.source.ScrapeException;

/** An answer with another status than 200. */
public final class RefusedException extends ScrapeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String body;

    /** @param body the beginning of what came with the status */
    public RefusedException(Reason reason, int status, String body, String message) {
        super(reason, message, null);
        this.status = status;
        this.body = body;
    }

    public int status() {
        return status;
    }

    public String body() {
        return body;
    }
}
