package io.heapster.scraper;

import io.heapster.contract.bus.BusAccess;
import io.heapster.contract.bus.BusConnection;
import io.heapster.contract.bus.BusSettings;
import io.heapster.contract.bus.BusTrouble;
import io.heapster.contract.bus.Topics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.Outcome;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.scraper.derive.Derivation;
import io.heapster.scraper.derive.Enrichment;
import io.heapster.scraper.derive.Rates;
import io.heapster.scraper.publish.EventOwnership;
import io.heapster.scraper.publish.Ownership;
import io.heapster.scraper.publish.Publisher;
import io.heapster.scraper.schedule.Answer;
import io.heapster.scraper.schedule.Roster;
import io.heapster.scraper.schedule.Schedule;
import io.heapster.scraper.schedule.TargetBook;
import io.heapster.scraper.schedule.TargetStatus;
import io.heapster.scraper.schedule.Tick;
import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.Source;
import io.heapster.scraper.source.Target;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scraper:
 *
 * <pre>
 *   source ──► schedule ──► derive ──► publish ──► heapster.samples
 *   what is     when each    rates,     queue,
 *   there       node is      labels,    then Kafka
 *               read         sums
 *                 ▲                        │
 *                 └──── ownership ◄────────┘  which nodes are ours, and what they said last
 * </pre>
 */
public final class ScraperPipeline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScraperPipeline.class);
    private static final int MOST_READINGS_WAITING = 2_000;

    private final ScraperSettings settings;
    private final List<Source> sources;
    private final Clock clock;

    private final Rates rates;
    private final Derivation derivation;
    private final TargetBook book = new TargetBook();
    private final ScrapeMeters meters;
    private final Schedule schedule;
    private final ThreadPoolExecutor workers;
    private final Ownership ownership;
    private final Publisher publisher;
    private final BusConnection connection;
    private final EventPipeline events;

    /**
     * Reads and connects to nothing yet: see {@link #start()}.
     *
     * @param kafka Kafka client properties, at least {@code bootstrap.servers}
     * @throws IllegalArgumentException if one of them is wrong: one line with key, value and cure
     */
    public ScraperPipeline(
            ScraperSettings settings,
            Map<String, Object> kafka,
            List<Source> sources,
            MeterRegistry registry,
            Clock clock) {
        BusSettings.check(kafka);
        this.settings = settings;
        this.sources = List.copyOf(sources);
        this.clock = clock;
        this.rates = new Rates(settings.memory(), registry);
        this.derivation = new Derivation(rates, new Enrichment(settings.labels(), registry));
        this.meters = new ScrapeMeters(registry, book, settings.resolution(), clock);
        this.schedule =
                new Schedule(settings.resolution(), settings.timeout(), clock, new Nodes(), this::answered, meters);
        meters.watch(schedule, registry);
        this.workers = workers();
        this.ownership = new Ownership(kafka, settings.memory(), clock, new TakeOver(), registry);
        this.publisher = new Publisher(kafka, ownership::partitionOf, settings.limits(), registry);
        this.events = new EventPipeline(settings.events() ? sources : List.of(), kafka, registry, clock);
        this.connection = new BusConnection(
                kafka,
                new BusAccess()
                        .reading(Topics.SAMPLES, Topics.EVENTS)
                        .writing(Topics.SAMPLES, Topics.EVENTS)
                        .inGroup(Ownership.GROUP)
                        .inGroup(EventOwnership.GROUP),
                settings.createTopics() ? Topics.ALL : List.of(),
                this::join);
    }

    /** Starts every step and returns at once; what is away is waited for in the background. */
    public void start() {
        sources.forEach(Source::start);
        publisher.start();
        connection.start();
        schedule.start();
    }

    private void join() {
        ownership.start();
        events.start();
    }

    /** Reads no more, sends what was read and leaves the group; some seconds at the longest. */
    @Override
    public void close() {
        connection.close();
        events.close();
        schedule.close();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(2, TimeUnit.SECONDS)) {
                LOG.warn(
                        "{} answers of nodes were not worked on before the end",
                        workers.getQueue().size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ownership.close();
        publisher.close();
        sources.forEach(Source::close);
    }

    /** Forgets nodes and entities that are no more. Called now and then. */
    void expire() {
        rates.expire(clock.millis());
        book.expire(clock.millis() - settings.memory().toMillis());
    }

    public ScraperSettings settings() {
        return settings;
    }

    /** All nodes that are known now, owned or not; one that several sources tell of is the first one's. */
    public List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        if (sources.size() == 1) {
            targets.addAll(sources.get(0).targets());
            return targets;
        }
        Set<NodeKey> nodes = new HashSet<>();
        int repeated = 0;
        for (Source source : sources) {
            for (Target target : source.targets()) {
                if (nodes.add(target.node())) {
                    targets.add(target);
                } else {
                    repeated++;
                }
            }
        }
        meters.repeated(repeated);
        return targets;
    }

    /** What keeps this process from Kafka, before it was let in for the first time. */
    public Optional<BusTrouble> kafkaTrouble() {
        return connection.trouble();
    }

    /** Whether every source has seen everything once. */
    public boolean synced() {
        return sources.stream().allMatch(Source::synced);
    }

    public boolean owns(Target target) {
        return ownership.owns(target.node());
    }

    public Set<Integer> ownedPartitions() {
        return ownership.owned();
    }

    /** How the node answered last; null before the first time. */
    public @Nullable TargetStatus status(Target target) {
        return book.of(target.node());
    }

    /** Whether nodes are still being read at their turns. */
    public boolean moving() {
        return schedule.moved(settings.resolution().multipliedBy(2));
    }

    private void answered(Answer answer) {
        meters.answered(answer);
        if (answer instanceof Answer.Read read) {
            int entities = read.reading().entities().size();
            if (entities > settings.maxEntities()) {
                tooMany(read, entities);
            } else {
                derive(read);
            }
        } else if (answer instanceof Answer.Failed failed) {
            publish(failed(answer, failed.reason(), failed.message()));
        } else if (answer instanceof Answer.Skipped skipped) {
            String reason = skipped.reason().text();
            note(answer, Outcome.SKIPPED, reason);
            publish(SampleBatch.skipped(
                    answer.target().node(), tickOf(answer), answer.tick().resolutionMillis(), reason));
        }
    }

    private void tooMany(Answer.Read read, int entities) {
        meters.failed(ScrapeException.Reason.TOO_LARGE);
        publish(failed(
                read,
                ScrapeException.Reason.TOO_LARGE,
                entities + " entities, and heapster.scraper.max-entities is " + settings.maxEntities()));
    }

    private void derive(Answer.Read read) {
        try {
            workers.execute(() -> publish(derived(read)));
        } catch (RejectedExecutionException e) {
            dropped(read);
        }
    }

    private SampleBatch derived(Answer.Read read) {
        Target target = read.target();
        try {
            List<Entity> entities = derivation.derive(
                    target.node(), tickOf(read), read.reading().entities(), target.inventory());
            note(read, Outcome.OK, "");
            return SampleBatch.ok(target.node(), tickOf(read), read.tick().resolutionMillis(), entities);
        } catch (RuntimeException e) {
            // An answer that our own code cannot take costs its node's samples of one tick, not the process.
            LOG.error("The answer of {} could not be worked on", target.node(), e);
            meters.failed(ScrapeException.Reason.INTERNAL);
            return failed(read, ScrapeException.Reason.INTERNAL, e.toString());
        }
    }

    private void dropped(Answer.Read read) {
        int samples = 0;
        for (Entity entity : read.reading().entities()) {
            samples += entity.sampleCount();
        }
        meters.droppedBeforeDerive(samples);
        publish(failed(read, ScrapeException.Reason.INTERNAL, "too many answers are waiting to be worked on"));
    }

    private SampleBatch failed(Answer answer, ScrapeException.Reason reason, String message) {
        String text = reason.text() + ": " + message;
        note(answer, Outcome.FAILED, text);
        return SampleBatch.failed(
                answer.target().node(), tickOf(answer), answer.tick().resolutionMillis(), text);
    }

    private void publish(SampleBatch batch) {
        publisher.publish(batch);
    }

    private void note(Answer answer, Outcome outcome, String reason) {
        book.note(new TargetStatus(
                answer.target().node(), tickOf(answer), outcome, reason, answer.took(), clock.millis()));
    }

    private static long tickOf(Answer answer) {
        return answer.tick().startMillis();
    }

    private static ThreadPoolExecutor workers() {
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        ThreadPoolExecutor workers = new ThreadPoolExecutor(
                threads, threads, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_READINGS_WAITING), task -> {
                    Thread thread = new Thread(task, "derive");
                    thread.setDaemon(true);
                    return thread;
                });
        return workers;
    }

    /** The nodes as the schedule sees them. */
    private final class Nodes implements Roster {
        @Override
        public List<? extends Target> targets() {
            return ScraperPipeline.this.targets();
        }

        @Override
        public boolean owns(Target target) {
            return ScraperPipeline.this.owns(target);
        }

        @Override
        public boolean answered(Target target, Tick tick) {
            return book.answered(target.node(), tick.startMillis());
        }
    }

    /** Goes on where the owner before stopped. */
    private final class TakeOver implements Ownership.Listener {
        @Override
        public void learn(SampleBatch batch) {
            rates.learn(batch);
            book.note(new TargetStatus(
                    batch.nodeKey(),
                    batch.tickMillis(),
                    batch.outcome(),
                    batch.reason(),
                    Duration.ZERO,
                    batch.tickMillis()));
        }

        @Override
        public void taken() {
            schedule.catchUp();
        }

        @Override
        public void released(int partition, Duration patience) {
            if (!publisher.flush(partition, patience)) {
                LOG.warn("Partition {} was handed over before Kafka had all its records", partition);
            }
        }
    }
}
