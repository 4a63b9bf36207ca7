package io.heapster.contract.bus;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to Kafka, found before any client goes it: tries until Kafka lets us in with all the rights we need, creates
 * topics that are missing, then goes on with what needs them. What is in the way is said in one line, and can be asked for.
 */
public final class BusConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BusConnection.class);
    private static final int ANSWER_MILLIS = 10_000;
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 15_000;

    private final Map<String, Object> kafka;
    private final BusAccess access;
    private final Collection<TopicSpec> create;
    private final Runnable then;
    private final Complaint complaint;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "kafka-connection");
    private volatile @Nullable BusTrouble trouble;
    private volatile boolean reached;
    private volatile long lastTurnNanos = System.nanoTime();

    /**
     * Connects to nothing yet: see {@link #start()}.
     *
     * @param kafka the user's Kafka client properties
     * @param create topics to create when they are missing
     * @param then is done once, by a thread of its own, when Kafka has let us in
     * @throws IllegalArgumentException as of {@link BusSettings#check}
     */
    public BusConnection(Map<String, Object> kafka, BusAccess access, Collection<TopicSpec> create, Runnable then) {
        BusSettings.check(kafka);
        this.kafka = Map.copyOf(kafka);
        this.access = access;
        this.create = List.copyOf(create);
        this.then = then;
        this.complaint = new Complaint(LOG, kafka);
        thread.setDaemon(true);
    }

    /** Returns at once. */
    public void start() {
        thread.start();
    }

    /** Whether Kafka has let us in since the start. It may be away by now. */
    public boolean isReached() {
        return reached;
    }

    /** What is in the way; nothing once Kafka was reached, and before the first answer. */
    public Optional<BusTrouble> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Whether the loop that looks for Kafka has turned within the given time, or has nothing to do any more. */
    public boolean moved(Duration within) {
        return reached || System.nanoTime() - lastTurnNanos <= within.toNanos();
    }

    /** Tries no more. */
    @Override
    public void close() {
        closing.countDown();
    }

    private void run() {
        long pause = FIRST_PAUSE_MILLIS;
        while (closing.getCount() > 0) {
            lastTurnNanos = System.nanoTime();
            BusTrouble now = attempt();
            if (closing.getCount() == 0) {
                return;
            }
            if (now == null) {
                if (trouble != null) {
                    LOG.info("Kafka at {} lets us in now", kafka.get("bootstrap.servers"));
                }
                trouble = null;
                reached = true;
                then.run();
                return;
            }
            trouble = now;
            if (complaint.isNews(now.line())) {
                LOG.warn("Waiting for Kafka: {}", now.line());
            }
            try {
                var unused = closing.await(pause, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                return;
            }
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    private @Nullable BusTrouble attempt() {
        Map<String, Object> properties = ClientProperties.admin(kafka);
        properties.putIfAbsent("request.timeout.ms", ANSWER_MILLIS);
        properties.putIfAbsent("default.api.timeout.ms", ANSWER_MILLIS);
        try (Admin admin = Admin.create(properties)) {
            Optional<BusTrouble> missing = access.missing(admin, kafka);
            if (missing.isPresent()) {
                return missing.get();
            }
            return createMissing(admin);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.debug("Kafka was not reached", e);
            return BusTrouble.of(kafka, e);
        } catch (InterruptedException e) {
            closing.countDown();
            return null;
        }
    }

    private @Nullable BusTrouble createMissing(Admin admin)
            throws ExecutionException, TimeoutException, InterruptedException {
        try {
            List<String> created = create.isEmpty() ? List.of() : Topics.create(admin, create);
            if (created.isEmpty()) {
                return null;
            }
            LOG.info("Created topics {}", created);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return BusTrouble.mayNotCreate(kafka);
            }
            throw e;
        }
        return access.missing(admin, kafka).orElse(null);
    }
}
