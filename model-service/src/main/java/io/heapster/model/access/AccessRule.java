package io.heapster.model.access;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Decides over one request. */
interface AccessRule {
    /** Ends well for a request that may go on, with a {@link Refusal} for one that may not. Does not block. */
    CompletionStage<Void> admit(HttpServerRequest request, List<String> segments);
}
