package io.heapster.scraper.schedule;

import io.heapster.contract.sample.NodeKey;
import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.SkipReason;
import io.heapster.scraper.source.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is due when: the nodes of the current tick by their phases, and the deadlines of those being read. Has no thread
 * and no clock of its own; {@link #advance} is called with the time by one thread.
 */
final class Plan {
    /** What a source may take beyond its time-out to say so itself, with a better message than ours. */
    private static final long GRACE_MILLIS = 250;
    /** Between nodes that are late because their partition was taken over inside the tick. */
    private static final long LATE_SPACING_MILLIS = 20;
    /** A turn that is less late than this is taken at once; others are spread over the rest of the tick. */
    private static final long PUNCTUAL_MILLIS = 1_000;

    private final Duration resolution;
    private final Duration timeout;
    private final Roster roster;
    private final Consumer<Answer> answers;
    private final MissedTicks missed;
    private final PriorityQueue<Due> queue = new PriorityQueue<>(Comparator.comparingLong(Due::atMillis));
    private @Nullable Tick planned;

    private sealed interface Due {
        long atMillis();

        Target target();
    }

    private record Turn(long atMillis, Target target, Tick tick) implements Due {}

    private record Deadline(long atMillis, Call call) implements Due {
        @Override
        public Target target() {
            return call.target;
        }
    }

    Plan(Duration resolution, Duration timeout, Roster roster, Consumer<Answer> answers, MissedTicks missed) {
        this.resolution = resolution;
        this.timeout = timeout;
        this.roster = roster;
        this.answers = answers;
        this.missed = missed;
    }

    /** The tick whose nodes are being read; null before the first. */
    @Nullable
    Tick current() {
        return planned;
    }

    /**
     * Does what is due now.
     *
     * @return when to be called again, at the latest
     */
    long advance(long nowMillis) {
        Tick tick = Tick.at(nowMillis, resolution);
        Tick last = planned;
        if (last == null || tick.startMillis() > last.startMillis()) {
            begin(tick, last, nowMillis);
        } else if (last.since(tick) > 1) {
            missed.missed(1, "clock_set_back");
            queue.removeIf(due -> due instanceof Turn);
            begin(tick, null, nowMillis);
        }
        for (Due due = queue.peek(); due != null && due.atMillis() <= nowMillis; due = queue.peek()) {
            queue.remove();
            if (due instanceof Turn turn) {
                take(turn, nowMillis);
            } else if (due instanceof Deadline deadline) {
                deadline.call().overdue();
            }
        }
        long next = tick.endMillis();
        Due head = queue.peek();
        return head == null ? next : Math.min(next, head.atMillis());
    }

    /** Plans nodes of the current tick whose turn passed before they became this process's. */
    void catchUp(long nowMillis) {
        Tick tick = planned;
        if (tick == null) {
            return;
        }
        Set<NodeKey> queued = queued();
        List<Target> late = new ArrayList<>();
        for (Target target : roster.targets()) {
            if (!queued.contains(target.node()) && roster.owns(target) && !roster.answered(target, tick)) {
                late.add(target);
            }
        }
        long room = tick.endMillis() - timeout.toMillis() - nowMillis;
        if (room <= 0 || late.isEmpty()) {
            return;
        }
        double spacing = Math.min(LATE_SPACING_MILLIS, (double) room / late.size());
        for (int i = 0; i < late.size(); i++) {
            queue.add(new Turn(nowMillis + (long) (i * spacing), late.get(i), tick));
        }
    }

    /** Nodes whose turn is still to come or that were asked a moment ago. */
    private Set<NodeKey> queued() {
        Set<NodeKey> nodes = new HashSet<>();
        for (Due due : queue) {
            nodes.add(due.target().node());
        }
        return nodes;
    }

    private void begin(Tick tick, @Nullable Tick last, long nowMillis) {
        if (last != null) {
            answerForThoseLeft(last);
            if (tick.since(last) > 1) {
                missed.missed(tick.since(last) - 1, "paused");
            }
        }
        planned = tick;
        for (Target target : roster.targets()) {
            long turn = tick.startMillis() + Tick.phaseMillis(target.node(), resolution, timeout);
            if (turn >= nowMillis - PUNCTUAL_MILLIS) {
                queue.add(new Turn(turn, target, tick));
            }
        }
        if (nowMillis - tick.startMillis() > PUNCTUAL_MILLIS) {
            catchUp(nowMillis);
        }
    }

    /** The process did not run when it was their turn. */
    private void answerForThoseLeft(Tick last) {
        List<Due> left = new ArrayList<>();
        queue.removeIf(due -> due instanceof Turn && left.add(due));
        for (Due due : left) {
            if (due instanceof Turn turn && roster.owns(turn.target()) && !roster.answered(turn.target(), last)) {
                answers.accept(new Answer.Failed(
                        turn.target(),
                        last,
                        Duration.ZERO,
                        ScrapeException.Reason.INTERNAL,
                        "the scraper did not run at the node's turn"));
            }
        }
    }

    private void take(Turn turn, long nowMillis) {
        Target target = turn.target();
        if (!roster.owns(target)) {
            return;
        }
        SkipReason skip = target.skip();
        if (skip != null) {
            answers.accept(new Answer.Skipped(target, turn.tick(), Duration.ZERO, skip));
            return;
        }
        Call call = new Call(target, turn.tick());
        queue.add(new Deadline(nowMillis + timeout.toMillis() + GRACE_MILLIS, call));
        call.start();
    }

    /** One read under way: answers once, whoever is first of the node and the deadline. */
    private final class Call {
        private final Target target;
        private final Tick tick;
        private final long startedNanos = System.nanoTime();
        private final AtomicBoolean answered = new AtomicBoolean();

        Call(Target target, Tick tick) {
            this.target = target;
            this.tick = tick;
        }

        void start() {
            CompletionStage<Reading> reading;
            try {
                reading = target.read(timeout);
            } catch (RuntimeException e) {
                // A source's bug must not keep the other nodes from being read.
                fail(e);
                return;
            }
            var unused = reading.whenComplete((value, failure) -> {
                if (failure != null) {
                    fail(failure);
                } else {
                    answer(new Answer.Read(target, tick, took(), value));
                }
            });
        }

        void overdue() {
            if (!answered.get()) {
                answer(new Answer.Failed(
                        target,
                        tick,
                        took(),
                        ScrapeException.Reason.TIMEOUT,
                        "no answer within " + timeout.toMillis() + " ms"));
            }
        }

        private void fail(Throwable failure) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            ScrapeException.Reason reason =
                    cause instanceof ScrapeException scrape ? scrape.reason() : ScrapeException.Reason.INTERNAL;
            String message = cause instanceof ScrapeException && cause.getMessage() != null
                    ? cause.getMessage()
                    : cause.toString();
            answer(new Answer.Failed(target, tick, took(), reason, message));
        }

        private void answer(Answer answer) {
            if (answered.compareAndSet(false, true)) {
                answers.accept(answer);
            }
        }

        private Duration took() {
            return Duration.ofNanos(System.nanoTime() - startedNanos);
        }
    }
}
