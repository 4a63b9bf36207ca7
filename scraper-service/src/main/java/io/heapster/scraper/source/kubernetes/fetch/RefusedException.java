package io.heapster.scraper.source.kubernetes.fetch;

import io.heapster.scraper.source.ScrapeException;

/** A kubelet answered with another status than 200. */
public final class RefusedException extends ScrapeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    RefusedException(Reason reason, int status, String message) {
        super(reason, message, null);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
