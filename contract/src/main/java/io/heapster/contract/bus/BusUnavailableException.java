package io.heapster.contract.bus;

/** Kafka did not do what was asked in time; trying again may help. The message is one line. */
public final class BusUnavailableException extends RuntimeException {

    BusUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
