package io.heapster.model.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.model.aggregate.TickLedger.Due;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TickLedgerTest {
    private static final long RESOLUTION = 30_000;
    private static final long TICK = 1_795_257_000_000L;
    private static final long NEXT = TICK + RESOLUTION;

    private final TickLedger ledger = new TickLedger(Duration.ofSeconds(10));

    private void report(long tick, String... nodes) {
        for (String node : nodes) {
            ledger.reported(SampleBatch.failed(new NodeKey("c", node), tick, RESOLUTION, "timeout"));
        }
    }

    @Test
    void theFirstTickIsClosedAfterItsWindowAndTheGrace() {
        report(TICK, "a");

        assertThat(ledger.due(TICK + 39_999)).isEmpty();
        assertThat(ledger.due(TICK + 40_000)).containsExactly(new Due("c", TICK, RESOLUTION));
    }

    @Test
    void aTickIsClosedAsSoonAsAllNodesOfTheTickBeforeHaveReported() {
        report(TICK, "a", "b");
        ledger.summed("c", TICK);
        report(NEXT, "a");
        assertThat(ledger.due(NEXT)).isEmpty();

        report(NEXT, "b");

        assertThat(ledger.due(NEXT)).containsExactly(new Due("c", NEXT, RESOLUTION));
    }

    @Test
    void aTickComesUpOnceAndAgainWhenANodeIsLate() {
        report(TICK, "a");
        ledger.summed("c", TICK);
        assertThat(ledger.due(NEXT + RESOLUTION)).isEmpty();

        report(TICK, "a");
        assertThat(ledger.due(NEXT + RESOLUTION)).isEmpty();

        report(TICK, "b");
        assertThat(ledger.due(NEXT + RESOLUTION)).containsExactly(new Due("c", TICK, RESOLUTION));
        ledger.summed("c", TICK);
        assertThat(ledger.due(NEXT + RESOLUTION)).isEmpty();
    }

    @Test
    void sumsThatDidNotArriveAreDueAgain() {
        report(TICK, "a");
        ledger.summed("c", TICK);
        ledger.notSummed("c", TICK);

        assertThat(ledger.due(NEXT + RESOLUTION)).hasSize(1);
    }

    @Test
    void aNewOwnerSumsOnlyTheTicksThatTheLogLacks() {
        report(TICK, "a");
        report(NEXT, "a");
        ledger.forgetSums();
        ledger.summed("c", TICK);

        assertThat(ledger.due(NEXT)).isEqualTo(List.of(new Due("c", NEXT, RESOLUTION)));
    }

    @Test
    void aTickThatIsOnlyKnownFromItsSumsIsNeverDue() {
        ledger.summed("c", TICK);
        ledger.forgetSums();

        assertThat(ledger.due(NEXT + RESOLUTION)).isEmpty();
    }

    @Test
    void whatHasLeftTheWindowIsForgotten() {
        report(TICK, "a");
        ledger.expire(NEXT);

        assertThat(ledger.due(NEXT + RESOLUTION)).isEmpty();
    }
}
