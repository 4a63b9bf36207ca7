package io.heapster.scraper.schedule;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every node at its turn in every tick: one thread, however many nodes.
 *
 * <p>Not Quarkus' scheduler, which starts jobs at intervals from the process's start and by the second: turns are points
 * inside a tick that is aligned to the clock, milliseconds apart, and they change with the nodes.
 */
public final class Schedule implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);
    /** A clock that is set is noticed within this time. */
    private static final long LONGEST_WAIT_MILLIS = 500;

    private final Clock clock;
    private final Plan plan;
    private final Thread thread = new Thread(this::run, "scrape-schedule");
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean catchUp;
    private boolean closed;
    private volatile long lastTurnNanos = System.nanoTime();
    private volatile long lagMillis;

    /**
     * @param timeout how long a node may take to answer
     * @param answers gets one answer for each node and tick, from any thread; must not block
     */
    public Schedule(
            Duration resolution,
            Duration timeout,
            Clock clock,
            Roster roster,
            Consumer<Answer> answers,
            MissedTicks missed) {
        this.clock = clock;
        this.plan = new Plan(resolution, timeout, roster, answers, missed);
        thread.setDaemon(true);
    }

    /** Begins with the tick that is under way. */
    public void start() {
        thread.start();
    }

    /** Nodes became this process's: those whose turn in this tick has passed are read as soon as may be. */
    public void catchUp() {
        lock.lock();
        try {
            catchUp = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** How far behind its plan the loop was at its last turn. */
    public Duration lag() {
        return Duration.ofMillis(lagMillis);
    }

    /** Whether the loop has turned within the given time: what a liveness check asks. */
    public boolean moved(Duration within) {
        return System.nanoTime() - lastTurnNanos <= within.toNanos();
    }

    /** Starts no more reads; those under way still answer, but no deadline is kept for them. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        long planned = clock.millis();
        while (true) {
            long now = clock.millis();
            lagMillis = Math.max(0, now - planned);
            boolean late;
            lock.lock();
            try {
                if (closed) {
                    return;
                }
                late = catchUp;
                catchUp = false;
            } finally {
                lock.unlock();
            }
            try {
                planned = plan.advance(now);
                if (late) {
                    plan.catchUp(now);
                    planned = plan.advance(now);
                }
            } catch (RuntimeException e) {
                // Whatever a source throws, the loop must turn on; the next turn is a fresh try.
                LOG.error("A turn of the schedule failed", e);
                planned = now + LONGEST_WAIT_MILLIS;
            }
            lastTurnNanos = System.nanoTime();
            planned = Math.min(planned, clock.millis() + LONGEST_WAIT_MILLIS);
            await(planned);
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the caller's loop asks what is due each time, woken early or not
    private void await(long untilMillis) {
        lock.lock();
        try {
            long wait = untilMillis - clock.millis();
            if (wait > 0 && !catchUp && !closed) {
                var unused = changed.await(wait, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            // Nobody but close() ends this thread, and close() does not interrupt.
            LOG.debug("Interrupted while waiting", e);
        } finally {
            lock.unlock();
        }
    }
}
