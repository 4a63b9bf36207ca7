package io.heapster.scraper.health;

import io.heapster.contract.bus.BusTrouble;
import io.heapster.scraper.ScraperLifecycle;
import io.heapster.scraper.ScraperPipeline;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready: no setting keeps us out of Kafka. That Kafka is away is shown, but is no condition. */
@Readiness
@Singleton
public class KafkaAccessCheck implements HealthCheck {
    private final ScraperLifecycle lifecycle;

    @Inject
    KafkaAccessCheck(ScraperLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public HealthCheckResponse call() {
        BusTrouble trouble =
                lifecycle.pipeline().flatMap(ScraperPipeline::kafkaTrouble).orElse(null);
        HealthCheckResponseBuilder response = HealthCheckResponse.named("kafka-access");
        return trouble == null
                ? response.up().build()
                : response.status(!trouble.ofSettings())
                        .withData("trouble", trouble.line())
                        .build();
    }
}
