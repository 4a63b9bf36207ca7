package io.heapster.sink;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while every loop of this process moves; says nothing of Kafka or a backend. */
@Liveness
@ApplicationScoped
public class SinkLivenessCheck implements HealthCheck {
    private final SinkPipeline pipeline;

    SinkLivenessCheck(SinkPipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public HealthCheckResponse call() {
        List<String> stuck = pipeline.stuck();
        var response = HealthCheckResponse.named("sink-loops").status(stuck.isEmpty());
        return stuck.isEmpty()
                ? response.build()
                : response.withData("stuck", String.join(",", stuck)).build();
    }
}
