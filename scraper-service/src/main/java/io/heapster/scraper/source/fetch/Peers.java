package io.heapster.scraper.source.fetch;

import io.vertx.core.Future;

/** What is particular to those who are asked: how they know us, and what cures their refusals. */
public interface Peers {
    /** Token that is shown to who speaks TLS; empty: none. */
    default String token() {
        return "";
    }

    /** Whether to ask once more at once after an answer with another status than 200. Called on an event loop. */
    default Future<Boolean> mayAskAgain(int status) {
        return Future.succeededFuture(false);
    }

    /**
     * What an answer with another status than 200 means.
     *
     * @param said who answers what, in one line
     * @param body the beginning of what came with the status
     */
    RefusedException refusal(Endpoint endpoint, Question question, int status, String said, String body);

    /** Why a handshake failed, and the cure. */
    String untrusted(Endpoint endpoint, Throwable cause);

    /** Name of the option that limits answers. */
    String bodyLimitOption();

    /** An answer was longer than the limit. */
    void bodyOverLimit();
}
