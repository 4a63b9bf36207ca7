package io.heapster.scraper.health;

import io.heapster.scraper.ScraperLifecycle;
import io.heapster.scraper.ScraperPipeline;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive: the loop that reads the nodes has turned within two resolutions. */
@Liveness
@Singleton
public class ScrapeLoopCheck implements HealthCheck {
    private final ScraperLifecycle lifecycle;

    @Inject
    ScrapeLoopCheck(ScraperLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public HealthCheckResponse call() {
        boolean moving = lifecycle.pipeline().map(ScraperPipeline::moving).orElse(true);
        return HealthCheckResponse.named("scrape-loop").status(moving).build();
    }
}
