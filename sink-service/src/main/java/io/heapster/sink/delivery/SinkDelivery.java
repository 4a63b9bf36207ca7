package io.heapster.sink.delivery;

import io.heapster.sink.ingest.DeadLetters;
import io.heapster.sink.ingest.Intake;
import io.heapster.sink.ingest.Received;
import io.heapster.sink.spi.Sink;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what the intake gives to one sink, on threads of its own: one that asks the intake, so that the group's
 * membership lives however long the backend is away, and one a lane that writes. Nothing here waits for another sink.
 */
public final class SinkDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(SinkDelivery.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LAST_POLLS = Duration.ofMillis(20);
    private static final Duration LEAVE = Duration.ofSeconds(3);

    private final String name;
    private final String kind;
    private final Sink sink;
    private final Intake intake;
    private final Clock clock;
    private final long bufferBytes;
    private final Progress progress;
    private final AtomicLong waitingBytes = new AtomicLong();
    private final List<Lane> lanes = new ArrayList<>();
    private final Thread loop;
    private volatile long deadlineNanos;
    private volatile boolean closing;
    private volatile long lastMovedNanos = System.nanoTime();

    /** Brings everything the intake gives, as it was sampled. */
    public SinkDelivery(
            String name,
            String kind,
            Sink sink,
            Intake intake,
            DeadLetters deadLetters,
            DeliverySettings settings,
            MeterRegistry registry,
            Clock clock) {
        this(name, kind, sink, intake, deadLetters, settings, Reduction.none(), registry, clock);
    }

    public SinkDelivery(
            String name,
            String kind,
            Sink sink,
            Intake intake,
            DeadLetters deadLetters,
            DeliverySettings settings,
            Reduction reduction,
            MeterRegistry registry,
            Clock clock) {
        this.name = name;
        this.kind = kind;
        this.sink = sink;
        this.intake = intake;
        this.clock = clock;
        this.bufferBytes = settings.bufferBytes();
        this.progress = new Progress(name, registry, clock);
        OpenValues openValues = new OpenValues(settings.openValues());
        for (int i = 0; i < sink.concurrency(); i++) {
            Backoff backoff =
                    new Backoff(settings.firstBackoff(), settings.longestBackoff(), RandomGenerator.getDefault());
            RetryingWriter writer = new RetryingWriter(
                    name,
                    sink,
                    deadLetters,
                    intake::owns,
                    progress,
                    backoff,
                    d -> TimeUnit.NANOSECONDS.sleep(d.toNanos()));
            lanes.add(new Lane(
                    "sink-" + name + "-" + i,
                    intake,
                    writer,
                    sink.pointsPerWrite(),
                    reduction,
                    openValues,
                    progress,
                    waitingBytes));
        }
        this.loop = new Thread(this::run, "sink-" + name);
        Gauge.builder("heapster.sink.buffered", waitingBytes, AtomicLong::get)
                .description("What was taken from Kafka and is not accepted, as Kafka holds it")
                .baseUnit("bytes")
                .tag("sink", name)
                .register(registry);
        Gauge.builder("heapster.sink.open.values", openValues, OpenValues::count)
                .description("Values of windows that are not complete, where a coarser resolution is wanted")
                .tag("sink", name)
                // Nothing else may hold them where no sink has a resolution of its own.
                .strongReference(true)
                .register(registry);
        Gauge.builder("heapster.sink.delay", this, SinkDelivery::delaySeconds)
                .description("Age of the oldest record that was taken and is not accepted")
                .baseUnit("seconds")
                .tag("sink", name)
                .register(registry);
    }

    public void start() {
        lanes.forEach(Lane::start);
        loop.start();
    }

    private void run() {
        while (!closing) {
            lastMovedNanos = System.nanoTime();
            take(intake.poll(POLL, waitingBytes.get() < bufferBytes));
        }
        lanes.forEach(Lane::finish);
        while (lanes.stream().anyMatch(Lane::isAlive) && System.nanoTime() - deadlineNanos < 0) {
            intake.poll(LAST_POLLS, false);
        }
        lanes.forEach(Lane::abandon);
        lanes.forEach(lane -> lane.join(LEAVE));
        intake.close(LEAVE);
    }

    private void take(List<Received> records) {
        for (Received record : records) {
            int place = record.origin().topic().hashCode() + record.origin().partition();
            lanes.get(Math.floorMod(place, lanes.size())).add(record);
        }
    }

    /** How long ago the loop last moved; huge when one of the threads has died. */
    public Duration sinceMoved() {
        boolean alive = loop.isAlive() && lanes.stream().allMatch(Lane::isAlive);
        return alive ? Duration.ofNanos(System.nanoTime() - lastMovedNanos) : Duration.ofDays(1);
    }

    public SinkStatus status() {
        return progress.status(kind, delaySeconds());
    }

    private double delaySeconds() {
        long oldest = Long.MAX_VALUE;
        for (Lane lane : lanes) {
            long millis = lane.oldestMillis();
            oldest = millis == 0 ? oldest : Math.min(oldest, millis);
        }
        return oldest == Long.MAX_VALUE ? 0 : Math.max(0, clock.millis() - oldest) / 1000.0;
    }

    /**
     * Takes nothing more, writes what was taken and commits it. What the backend has not accepted by the deadline comes
     * again after the next start.
     */
    public void close(Duration deadline) throws InterruptedException {
        deadlineNanos = System.nanoTime() + deadline.toNanos();
        closing = true;
        loop.join(deadline.plus(LEAVE).plus(LEAVE).toMillis());
        loop.interrupt();
        sink.close();
        progress.stopped();
        progress.forget();
        LOG.info("sink {}: closed", name);
    }
}
