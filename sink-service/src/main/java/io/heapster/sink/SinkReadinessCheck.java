package io.heapster.sink;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when every sink was made and its loop runs, and until the shutdown begins. */
@Readiness
@ApplicationScoped
public class SinkReadinessCheck implements HealthCheck {
    private final SinkPipeline pipeline;

    SinkReadinessCheck(SinkPipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("sinks-running")
                .status(pipeline.isRunning())
                .build();
    }
}
