package io.heapster.scraper.api;

import io.heapster.scraper.ScraperLifecycle;
import io.heapster.scraper.ScraperPipeline;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The nodes and how reading them goes. */
@Path("/api/v1/targets")
@Tag(name = "Scraper")
public class TargetsResource {
    private final ScraperLifecycle lifecycle;
    private final Clock clock = Clock.systemUTC();

    @Inject
    TargetsResource(ScraperLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Every known node with its last answer, whether this scraper owns it, and when it is next")
    public List<TargetView> targets() {
        return lifecycle.pipeline().map(this::views).orElse(List.of());
    }

    private List<TargetView> views(ScraperPipeline pipeline) {
        long now = clock.millis();
        return pipeline.targets().stream()
                .map(target -> TargetView.of(
                        target.node(),
                        pipeline.owns(target),
                        pipeline.status(target),
                        now,
                        pipeline.settings().resolution()))
                .sorted(Comparator.comparing(TargetView::cluster).thenComparing(TargetView::node))
                .toList();
    }
}
