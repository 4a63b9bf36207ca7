package io.heapster.scraper.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.Outcome;
import io.heapster.scraper.schedule.TargetStatus;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TargetViewTest {
    private static final NodeKey NODE = new NodeKey("lab", "node-1");
    private static final Duration RESOLUTION = Duration.ofSeconds(30);
    private static final long TICK = Instant.parse("2026-11-21T08:30:00Z").toEpochMilli();

    private static TargetStatus status(Outcome outcome, String reason, Duration took) {
        return new TargetStatus(NODE, TICK, outcome, reason, took, TICK + 4_000);
    }

    @Test
    void aFailedNodeSaysWhyAndHowLongItTookAndHowLongAgo() {
        TargetView view = TargetView.of(
                NODE,
                true,
                status(Outcome.FAILED, "forbidden: https://10.0.0.1:10250 answers 403", Duration.ofMillis(1_500)),
                TICK + 10_000,
                RESOLUTION);

        assertThat(view)
                .isEqualTo(new TargetView(
                        "lab",
                        "node-1",
                        true,
                        "failed",
                        "forbidden: https://10.0.0.1:10250 answers 403",
                        Instant.ofEpochMilli(TICK),
                        1_500.0,
                        6.0,
                        Instant.ofEpochMilli(TICK + 30_000)));
    }

    @Test
    void aNodeThatAnotherProcessReadHasNoDurationAndAMissedTurnIsStillToCome() {
        TargetView view = TargetView.of(NODE, false, status(Outcome.OK, "", Duration.ZERO), TICK + 35_000, RESOLUTION);

        assertThat(view.outcome()).isEqualTo("ok");
        assertThat(view.reason()).isNull();
        assertThat(view.durationMillis()).isNull();
        assertThat(view.owned()).isFalse();
        assertThat(view.nextTick()).isEqualTo(Instant.ofEpochMilli(TICK + 30_000));
    }

    @Test
    void aNodeNeverReadHasNothingButItsTurn() {
        assertThat(TargetView.of(NODE, true, null, TICK + 1, RESOLUTION))
                .isEqualTo(new TargetView(
                        "lab", "node-1", true, null, null, null, null, null, Instant.ofEpochMilli(TICK)));
    }
}
