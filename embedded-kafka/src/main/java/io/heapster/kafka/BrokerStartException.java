package io.heapster.kafka;

import org.jspecify.annotations.Nullable;

/** The broker could not start; the message is one line that names the cause and the cure. */
public final class BrokerStartException extends RuntimeException {

    BrokerStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
