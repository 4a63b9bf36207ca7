package io.heapster.scraper.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.SkipReason;
import io.heapster.scraper.source.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Duration RESOLUTION = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final long T0 = 1_700_000_000_000L;

    private final List<Target> targets = new ArrayList<>();
    private final Set<String> foreign = new HashSet<>();
    private final List<Answer> answers = new ArrayList<>();
    private final Map<Answer, Long> answeredAt = new HashMap<>();
    private final Map<String, Long> missed = new HashMap<>();
    private final TargetBook book = new TargetBook();
    private long now = T0;

    private final Plan plan = new Plan(
            RESOLUTION,
            TIMEOUT,
            new Roster() {
                @Override
                public List<? extends Target> targets() {
                    return targets;
                }

                @Override
                public boolean owns(Target target) {
                    return !foreign.contains(target.node().node());
                }

                @Override
                public boolean answered(Target target, Tick tick) {
                    return book.answered(target.node(), tick.startMillis());
                }
            },
            this::answered,
            (ticks, reason) -> missed.merge(reason, ticks, Long::sum));

    private void answered(Answer answer) {
        answers.add(answer);
        answeredAt.put(answer, now);
        book.note(new TargetStatus(
                answer.target().node(),
                answer.tick().startMillis(),
                io.heapster.contract.sample.Outcome.OK,
                "",
                Duration.ZERO,
                now));
    }

    private void runUntil(long end) {
        while (now < end) {
            now = Math.min(end, Math.max(now + 1, plan.advance(now)));
        }
    }

    private List<Answer> of(String node) {
        return answers.stream()
                .filter(answer -> answer.target().node().node().equals(node))
                .toList();
    }

    @Test
    void oneHungOfTwentyDelaysNoneAndEveryNodeAnswersEveryTickInItsOwnTick() {
        for (int i = 0; i < 19; i++) {
            targets.add(FakeTarget.healthy("node" + i));
        }
        targets.add(FakeTarget.hanging("hung"));

        runUntil(T0 + 5 * RESOLUTION.toMillis() - 1);

        assertThat(answers).hasSize(5 * 20);
        for (Answer answer : answers) {
            long at = answeredAt.getOrDefault(answer, 0L);
            assertThat(at).isBetween(answer.tick().startMillis(), answer.tick().endMillis());
            if (answer.target().node().node().equals("hung")) {
                assertThat(answer).isInstanceOfSatisfying(Answer.Failed.class, failed -> assertThat(failed.reason())
                        .isEqualTo(ScrapeException.Reason.TIMEOUT));
            } else {
                assertThat(answer).isInstanceOf(Answer.Read.class);
                assertThat(at - answer.tick().startMillis())
                        .isEqualTo(Tick.phaseMillis(answer.target().node(), RESOLUTION, TIMEOUT));
            }
        }
        assertThat(missed).isEmpty();
    }

    @Test
    void fiveThousandNodesAreSpreadEvenlyOverTheTick() {
        int[] perSecond = new int[10];
        for (int i = 0; i < 5_000; i++) {
            long phase = Tick.phaseMillis(FakeTarget.healthy("node-" + i).node(), RESOLUTION, TIMEOUT);
            assertThat(phase).isBetween(0L, RESOLUTION.minus(TIMEOUT).toMillis());
            perSecond[(int) (phase / 1_000)]++;
        }
        for (int second = 0; second < 6; second++) {
            assertThat(perSecond[second]).isBetween(650, 900);
        }
    }

    @Test
    void nodesHaveTheirTurnsTogetherInTenthsOfASecond() {
        Set<Long> turns = new HashSet<>();
        for (int i = 0; i < 5_000; i++) {
            turns.add(Tick.phaseMillis(FakeTarget.healthy("node-" + i).node(), RESOLUTION, TIMEOUT));
        }
        assertThat(turns).allMatch(phase -> phase % 100 == 0);
        assertThat(turns).hasSizeGreaterThan(60);
    }

    @Test
    void inAShortTickThereAreTurnsEnoughAllTheSame() {
        Set<Long> turns = new HashSet<>();
        for (int i = 0; i < 5_000; i++) {
            turns.add(Tick.phaseMillis(
                    FakeTarget.healthy("node-" + i).node(), Duration.ofSeconds(1), Duration.ofMillis(100)));
        }
        assertThat(turns).hasSizeBetween(20, 22);
    }

    @Test
    void aLateAnswerIsNotASecondOne() {
        CompletableFuture<io.heapster.scraper.source.Reading> late = new CompletableFuture<>();
        targets.add(new FakeTarget("late", () -> late));

        runUntil(T0 + RESOLUTION.toMillis() - 1);
        late.complete(FakeTarget.EMPTY);

        assertThat(answers).hasSize(1).first().isInstanceOf(Answer.Failed.class);
    }

    @Test
    void failuresAndBugsOfASourceAreAnswersWithReasons() {
        targets.add(new FakeTarget(
                "refused",
                () -> CompletableFuture.failedFuture(
                        new ScrapeException(ScrapeException.Reason.FORBIDDEN, "grant nodes/stats", null))));
        targets.add(new FakeTarget("bug", () -> {
            throw new IllegalStateException("oops");
        }));
        FakeTarget notReady = FakeTarget.healthy("down");
        notReady.skip = SkipReason.NOT_READY;
        targets.add(notReady);

        runUntil(T0 + RESOLUTION.toMillis() - 1);

        assertThat(of("refused").get(0)).isInstanceOfSatisfying(Answer.Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(ScrapeException.Reason.FORBIDDEN);
            assertThat(failed.message()).isEqualTo("grant nodes/stats");
        });
        assertThat(of("bug").get(0)).isInstanceOfSatisfying(Answer.Failed.class, failed -> assertThat(failed.reason())
                .isEqualTo(ScrapeException.Reason.INTERNAL));
        assertThat(of("down").get(0)).isInstanceOf(Answer.Skipped.class);
    }

    @Test
    void ticksSleptThroughAreCountedAndNotCaughtUp() {
        targets.add(FakeTarget.healthy("node"));
        runUntil(T0 + RESOLUTION.toMillis() - 1);

        now = T0 + 5 * RESOLUTION.toMillis();
        runUntil(T0 + 6 * RESOLUTION.toMillis() - 1);

        assertThat(of("node")).hasSize(2);
        assertThat(missed).containsExactly(Map.entry("paused", 4L));
    }

    @Test
    void aClockSetBackBeginsAnew() {
        targets.add(FakeTarget.healthy("node"));
        runUntil(T0 + RESOLUTION.toMillis() - 1);

        now = T0 - 100 * RESOLUTION.toMillis();
        plan.advance(now);

        assertThat(missed).containsExactly(Map.entry("clock_set_back", 1L));
        assertThat(plan.current()).isEqualTo(Tick.at(now, RESOLUTION));
    }

    @Test
    void nodesTakenOverAfterTheirTurnAreReadInTheSameTickUnlessTheLogHasThem() {
        FakeTarget taken = FakeTarget.healthy("taken");
        FakeTarget known = FakeTarget.healthy("known");
        targets.addAll(List.of(taken, known));
        foreign.addAll(List.of("taken", "known"));
        now = T0 + 6_600;
        plan.advance(now);

        foreign.clear();
        book.note(new TargetStatus(known.node(), T0, io.heapster.contract.sample.Outcome.OK, "", Duration.ZERO, now));
        plan.catchUp(now);
        runUntil(T0 + RESOLUTION.toMillis() - 1);

        assertThat(answers).extracting(answer -> answer.target().node().node()).containsExactly("taken");
    }

    @Test
    void nodesThatComeAndGoBetweenTicksAreFollowed() {
        targets.add(FakeTarget.healthy("old"));
        runUntil(T0 + RESOLUTION.toMillis());
        targets.clear();
        targets.add(FakeTarget.healthy("new"));
        runUntil(T0 + 2 * RESOLUTION.toMillis() + 9_999);

        assertThat(of("new")).isNotEmpty();
        assertThat(of("old")).hasSizeLessThanOrEqualTo(2);
    }
}
