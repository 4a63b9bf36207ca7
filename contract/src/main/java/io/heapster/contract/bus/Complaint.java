package io.heapster.contract.bus;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/**
 * Logs what keeps a client from Kafka in one line, with the cure: when it is news, and again every five minutes while it
 * lasts. Thread-safe.
 */
public final class Complaint {
    private static final long AGAIN_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final Logger log;
    private final Map<String, Object> kafka;
    private String last = "";
    private long lastNanos;

    /** @param kafka the user's Kafka client properties */
    public Complaint(Logger log, Map<String, Object> kafka) {
        this.log = log;
        this.kafka = Map.copyOf(kafka);
    }

    /** @param what is kept from being done, such as {@code samples wait} */
    public void about(String what, Throwable failure) {
        BusTrouble trouble = BusTrouble.of(kafka, failure);
        if (isNews(trouble.line())) {
            log.warn("{}: {}", what, trouble.line());
        }
        log.debug("{}", what, failure);
    }

    synchronized boolean isNews(String line) {
        long now = System.nanoTime();
        if (line.equals(last) && now - lastNanos < AGAIN_NANOS) {
            return false;
        }
        last = line;
        lastNanos = now;
        return true;
    }
}
