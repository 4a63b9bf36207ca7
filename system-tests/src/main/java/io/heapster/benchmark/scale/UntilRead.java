package io.heapster.benchmark.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;

/** Whether the model has read all that the load was ordered to send. Asks seldom, for asking costs the model, too. */
final class UntilRead implements BooleanSupplier {
    private static final long BETWEEN_NANOS = 1_000_000_000;

    private final ServiceProcess model;
    private final double readBefore;
    private final Thread sending;
    private volatile long sent = Long.MAX_VALUE;
    private long askedNanos = System.nanoTime();

    UntilRead(ServiceProcess model, ChildProcess load, String order, double readBefore) {
        this.model = model;
        this.readBefore = readBefore;
        this.sending = new Thread(
                () -> {
                    try {
                        sent = Long.parseLong(load.await(order));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                "sending");
        sending.start();
    }

    @Override
    public boolean getAsBoolean() {
        long now = System.nanoTime();
        if (now - askedNanos < BETWEEN_NANOS) {
            return false;
        }
        askedNanos = now;
        try {
            return model.metric("heapster_model_read_records_total") - readBefore >= sent;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
