package io.heapster.model.access;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Questions to the API server. A stage fails with {@link ReviewException} when there is no answer. */
interface Reviews {
    /** Whose token it is; empty if it is nobody's. */
    CompletionStage<Optional<Caller>> holderOf(String token);

    /** Whether the caller may do what they ask for. */
    CompletionStage<Boolean> allows(Caller caller, Attributes attributes);
}
