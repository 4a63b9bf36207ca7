package io.heapster.model.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.Labels;
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
    private static final long LATER = NEXT + 2 * RESOLUTION;

    private final TickLedger ledger = new TickLedger(Duration.ofSeconds(10));

    /** Long before anybody asks what is due. */
    private void report(long tick, String... nodes) {
        reportAt(tick, tick, nodes);
    }

    private void reportAt(long now, long tick, String... nodes) {
        for (String node : nodes) {
            ledger.reported(SampleBatch.ok(new NodeKey("c", node), tick, RESOLUTION, List.of()), now);
        }
    }

    private void reportFailure(long tick, String node) {
        ledger.reported(SampleBatch.failed(new NodeKey("c", node), tick, RESOLUTION, "timeout"), tick);
    }

    private static SampleBatch sums(long tick, int covered, int known) {
        Entity cluster = new Entity(EntityType.CLUSTER, Labels.EMPTY);
        new Coverage(covered, known).addTo(cluster.samples());
        return SampleBatch.ok(new NodeKey("c", ""), tick, RESOLUTION, List.of(cluster));
    }

    private List<Due> due(long now) {
        return ledger.due(now, TICK);
    }

    private static Due tick(long tick, int covered, int known) {
        return new Due("c", tick, RESOLUTION, new Coverage(covered, known));
    }

    @Test
    void theFirstTickIsClosedAfterItsWindowAndTheGrace() {
        report(TICK, "a");

        assertThat(due(TICK + 39_999)).isEmpty();
        assertThat(due(TICK + 40_000)).containsExactly(tick(TICK, 1, 1));
    }

    @Test
    void aTickIsClosedAsSoonAsAllNodesOfTheTickBeforeHaveReported() {
        report(TICK, "a", "b");
        assertThat(due(TICK + 40_000)).hasSize(1);
        report(NEXT, "a");
        assertThat(due(NEXT)).isEmpty();

        report(NEXT, "b");

        assertThat(due(NEXT)).containsExactly(tick(NEXT, 2, 2));
    }

    @Test
    void aTickComesUpOnceAndAgainWhenANodeIsLate() {
        report(TICK, "a");
        assertThat(due(LATER)).containsExactly(tick(TICK, 1, 1));
        assertThat(due(LATER)).isEmpty();

        report(TICK, "b");

        assertThat(due(LATER)).containsExactly(tick(TICK, 2, 2));
        assertThat(due(LATER)).isEmpty();
    }

    @Test
    void aTickWhoseNodesStillComeInIsSummedWhenTheyHaveStopped() {
        reportAt(LATER, TICK, "a");
        assertThat(due(LATER)).isEmpty();
        reportAt(LATER + 9_000, TICK, "b");

        assertThat(due(LATER + 18_999)).isEmpty();
        assertThat(due(LATER + 19_000)).containsExactly(tick(TICK, 2, 2));
    }

    @Test
    void lateNodesThatComeOneAfterTheOtherAreAddedTogether() {
        report(TICK, "a");
        assertThat(due(LATER)).hasSize(1);
        for (int second = 0; second < 5; second++) {
            reportAt(LATER + 1_000L * second, TICK, "late-" + second);
            assertThat(due(LATER + 1_000L * second)).isEmpty();
        }

        assertThat(due(LATER + 13_999)).isEmpty();
        assertThat(due(LATER + 14_000)).containsExactly(tick(TICK, 6, 6));
    }

    @Test
    void aTickOfWhichAllNodesCameInLateIsSummedAtOnce() {
        report(TICK, "a", "b");
        assertThat(due(LATER)).hasSize(1);

        reportAt(LATER, NEXT, "a", "b");

        assertThat(due(LATER)).containsExactly(tick(NEXT, 2, 2));
    }

    @Test
    void aTickReadOnceMoreIsSummedOnceMore() {
        report(TICK, "a", "b", "c");
        assertThat(due(LATER)).hasSize(1);
        reportAt(LATER, TICK, "a");
        assertThat(due(LATER)).isEmpty();
        reportAt(LATER + 1_000, TICK, "b");
        assertThat(due(LATER + 1_000)).isEmpty();
        reportAt(LATER + 2_000, TICK, "c");

        assertThat(due(LATER + 12_000)).containsExactly(tick(TICK, 3, 3));
        assertThat(due(LATER + 60_000)).isEmpty();
    }

    @Test
    void nodesThatStillComeInOfTheTickBeforeAreWaitedForToo() {
        report(TICK, "a");
        report(NEXT, "a");
        assertThat(due(LATER)).hasSize(2);
        reportAt(LATER, TICK, "b");

        assertThat(due(LATER + 9_999)).isEmpty();
        assertThat(due(LATER + 10_000)).containsExactly(tick(TICK, 2, 2), tick(NEXT, 1, 2));
    }

    @Test
    void nodesThatNeverStopComingInAreWaitedForForSixGraces() {
        report(TICK, "a");
        assertThat(due(LATER)).hasSize(1);
        for (int second = 0; second < 60; second++) {
            reportAt(LATER + 1_000L * second, TICK, "late-" + second);
            assertThat(due(LATER + 1_000L * second)).isEmpty();
        }
        reportAt(LATER + 60_000, TICK, "late-60");

        assertThat(due(LATER + 60_000)).containsExactly(tick(TICK, 62, 62));
        reportAt(LATER + 61_000, TICK, "late-61");
        assertThat(due(LATER + 61_000)).isEmpty();
    }

    @Test
    void aNodeThatFailedIsKnownAndNotCovered() {
        report(TICK, "a");
        reportFailure(TICK, "b");

        assertThat(due(LATER)).containsExactly(tick(TICK, 1, 2));
    }

    @Test
    void aNodeThatFailedAndWasThenReadByAnotherScraperIsCovered() {
        reportFailure(TICK, "a");
        assertThat(due(LATER)).containsExactly(tick(TICK, 0, 1));

        report(TICK, "a");
        assertThat(due(LATER)).containsExactly(tick(TICK, 1, 1));

        reportFailure(TICK, "a");
        assertThat(due(LATER)).isEmpty();
    }

    @Test
    void aNodeOfTheTickBeforeIsKnown() {
        report(TICK, "a", "b");
        report(NEXT, "a");

        assertThat(due(LATER)).containsExactly(tick(TICK, 2, 2), tick(NEXT, 1, 2));
    }

    @Test
    void aNodeThatIsLateIsKnownAtTheNextTickToo() {
        report(TICK, "a");
        report(NEXT, "a");
        assertThat(due(LATER)).hasSize(2);

        report(TICK, "b");

        assertThat(due(LATER)).containsExactly(tick(TICK, 2, 2), tick(NEXT, 1, 2));
    }

    @Test
    void aNodeThatWasReadTwiceMayHaveOtherFigures() {
        report(TICK, "a");
        assertThat(due(LATER)).hasSize(1);

        report(TICK, "a");

        assertThat(due(LATER)).containsExactly(tick(TICK, 1, 1));
        assertThat(due(LATER)).isEmpty();
    }

    @Test
    void sumsThatDidNotArriveAreDueAgain() {
        report(TICK, "a");
        assertThat(due(LATER)).hasSize(1);

        ledger.notSummed("c", TICK);

        assertThat(due(LATER)).hasSize(1);
    }

    @Test
    void aNewOwnerSumsOnlyTheTicksThatTheLogLacksOrWhoseSumsLackNodes() {
        report(TICK, "a", "b");
        report(NEXT, "a", "b");
        report(NEXT + RESOLUTION, "a", "b");
        ledger.forgetSums();
        ledger.summed(sums(TICK, 2, 2));
        ledger.summed(sums(NEXT, 1, 2));

        assertThat(due(LATER)).containsExactly(tick(NEXT, 2, 2), tick(NEXT + RESOLUTION, 2, 2));
    }

    @Test
    void sumsThatDoNotSayWhatTheyCoverAreMadeAnew() {
        report(TICK, "a");
        ledger.summed(SampleBatch.ok(
                new NodeKey("c", ""), TICK, RESOLUTION, List.of(new Entity(EntityType.CLUSTER, Labels.EMPTY))));

        assertThat(due(LATER)).hasSize(1);
    }

    @Test
    void aTickThatIsOnlyKnownFromItsSumsIsNeverDue() {
        ledger.summed(sums(TICK, 1, 1));
        ledger.forgetSums();

        assertThat(due(LATER)).isEmpty();
    }

    @Test
    void theTickBeforeTheFirstCountsForWhatIsKnownAndIsNotSummedItself() {
        report(TICK, "a", "b");
        report(NEXT, "a");

        assertThat(ledger.due(LATER, NEXT)).containsExactly(tick(NEXT, 1, 2));
    }

    @Test
    void whatHasLeftTheWindowIsForgotten() {
        report(TICK, "gone");
        report(NEXT, "a");
        ledger.expire(NEXT);
        report(NEXT, "b");

        assertThat(due(LATER)).containsExactly(tick(NEXT, 2, 2));
    }
}
