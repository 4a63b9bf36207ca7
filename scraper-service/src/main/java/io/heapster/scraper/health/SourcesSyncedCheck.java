package io.heapster.scraper.health;

import io.heapster.scraper.ScraperLifecycle;
import io.heapster.scraper.ScraperPipeline;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready: every source knows its nodes. How many of them are this process's is shown, but is no condition. */
@Readiness
@Singleton
public class SourcesSyncedCheck implements HealthCheck {
    private final ScraperLifecycle lifecycle;

    @Inject
    SourcesSyncedCheck(ScraperLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("sources-synced");
        ScraperPipeline pipeline = lifecycle.pipeline().orElse(null);
        if (pipeline == null) {
            return response.down().build();
        }
        return response.status(pipeline.synced())
                .withData("nodes", pipeline.targets().size())
                .withData("ownedPartitions", pipeline.ownedPartitions().size())
                .build();
    }
}
