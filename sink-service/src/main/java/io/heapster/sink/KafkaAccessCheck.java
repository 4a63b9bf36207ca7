package io.heapster.sink;

import io.heapster.contract.bus.BusTrouble;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready: no setting keeps us out of Kafka. That Kafka is away is shown, but is no condition. */
@Readiness
@ApplicationScoped
public class KafkaAccessCheck implements HealthCheck {
    private final SinkPipeline pipeline;

    KafkaAccessCheck(SinkPipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public HealthCheckResponse call() {
        BusTrouble trouble = pipeline.kafkaTrouble().orElse(null);
        HealthCheckResponseBuilder response = HealthCheckResponse.named("kafka-access");
        return trouble == null
                ? response.up().build()
                : response.status(!trouble.ofSettings())
                        .withData("trouble", trouble.line())
                        .build();
    }
}
