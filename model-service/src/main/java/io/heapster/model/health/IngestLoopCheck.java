package io.heapster.model.health;

import io.heapster.contract.bus.BusConnection;
import io.heapster.model.ingest.LogReader;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while the loop that reads the log turns, whether Kafka answers or not. */
@Liveness
@ApplicationScoped
class IngestLoopCheck implements HealthCheck {
    /** Longer than the loop ever waits for an answer of Kafka's. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final BusConnection connection;
    private final LogReader reader;

    IngestLoopCheck(BusConnection connection, LogReader reader) {
        this.connection = connection;
        this.reader = reader;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("ingest-loop")
                .status(connection.moved(PATIENCE) && reader.moved(PATIENCE))
                .build();
    }
}
