package io.heapster.model.health;

import io.heapster.model.ingest.LogReader;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the history in the log has been read, and from then on. */
@Readiness
@ApplicationScoped
class CaughtUpCheck implements HealthCheck {
    private final LogReader reader;

    CaughtUpCheck(LogReader reader) {
        this.reader = reader;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("caught-up")
                .status(reader.isCaughtUp())
                .build();
    }
}
