package io.heapster.model.access;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;

/** What is counted about requests, and about the questions they led to. */
final class AccessMetrics {
    private final Counter admitted;
    private final Counter unauthenticated;
    private final Counter forbidden;
    private final Counter unavailable;
    private final Counter malformed;
    private final Counter answered;
    private final Counter failed;

    AccessMetrics(MeterRegistry registry) {
        admitted = requests(registry, "admitted");
        unauthenticated = requests(registry, "unauthenticated");
        forbidden = requests(registry, "forbidden");
        unavailable = requests(registry, "unavailable");
        malformed = requests(registry, "malformed");
        answered = reviews(registry, "answered");
        failed = reviews(registry, "failed");
    }

    private static Counter requests(MeterRegistry registry, String verdict) {
        return Counter.builder("heapster.model.access.requests")
                .description("Requests to paths that not everybody may read")
                .tag("verdict", verdict)
                .register(registry);
    }

    private static Counter reviews(MeterRegistry registry, String outcome) {
        return Counter.builder("heapster.model.access.reviews")
                .description("Questions to the API server: token and access reviews, readings of its authorities")
                .tag("outcome", outcome)
                .register(registry);
    }

    static void observeExpiry(MeterRegistry registry, LongSupplier expirySeconds) {
        Gauge.builder("heapster.model.access.certificate.expiry.timestamp.seconds", expirySeconds::getAsLong)
                .description("End of the serving certificate's validity, seconds since 1970")
                .register(registry);
    }

    void admitted() {
        admitted.increment();
    }

    void refused(int status) {
        switch (status) {
            case Refusal.UNAUTHENTICATED -> unauthenticated.increment();
            case Refusal.FORBIDDEN -> forbidden.increment();
            case Refusal.UNAVAILABLE -> unavailable.increment();
            default -> malformed.increment();
        }
    }

    void reviewAnswered() {
        answered.increment();
    }

    void reviewFailed() {
        failed.increment();
    }
}
