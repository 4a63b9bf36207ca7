package io.heapster.sink.influxdb;

import java.util.Locale;

/** The database understood a statement and refused it. */
final class StatementException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    StatementException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Whether the database itself is missing. */
    boolean databaseMissing() {
        return String.valueOf(getMessage()).contains("database not found");
    }

    /** Whether the user lacks the right; who may only write can still write. */
    boolean notAllowed() {
        return status == 403
                || String.valueOf(getMessage()).toLowerCase(Locale.ROOT).contains("authoriz");
    }
}
