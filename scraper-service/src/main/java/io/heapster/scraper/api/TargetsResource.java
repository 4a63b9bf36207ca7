package io.heapster.scraper.api;

import io.heapster.scraper.ScraperLifecycle;
import io.heapster.scraper.ScraperPipeline;
import io.heapster.scraper.schedule.TargetStatus;
import io.heapster.scraper.schedule.Tick;
import io.heapster.scraper.source.Target;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
                .map(target -> view(pipeline, target, now))
                .sorted(Comparator.comparing(TargetView::cluster).thenComparing(TargetView::node))
                .toList();
    }

    private static TargetView view(ScraperPipeline pipeline, Target target, long now) {
        TargetStatus status = pipeline.status(target);
        Tick current = Tick.at(now, pipeline.settings().resolution());
        boolean answered = status != null && status.tickMillis() >= current.startMillis();
        Instant next = Instant.ofEpochMilli((answered ? current.next() : current).startMillis());
        if (status == null) {
            return new TargetView(
                    target.node().cluster(),
                    target.node().node(),
                    pipeline.owns(target),
                    null,
                    null,
                    null,
                    null,
                    null,
                    next);
        }
        return new TargetView(
                target.node().cluster(),
                target.node().node(),
                pipeline.owns(target),
                status.outcome().name().toLowerCase(Locale.ROOT),
                status.reason().isEmpty() ? null : status.reason(),
                Instant.ofEpochMilli(status.tickMillis()),
                status.took().isZero() ? null : status.took().toNanos() / 1e6,
                (now - status.answeredMillis()) / 1e3,
                next);
    }
}
