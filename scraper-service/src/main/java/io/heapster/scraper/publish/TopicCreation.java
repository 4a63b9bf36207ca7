package io.heapster.scraper.publish;

import io.heapster.contract.bus.BusUnavailableException;
import io.heapster.contract.bus.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics that are missing, trying until Kafka is there; then goes on with what needs them. */
public final class TopicCreation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicCreation.class);
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 15_000;

    private final Map<String, Object> kafka;
    private final Runnable then;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "topic-creation");

    public TopicCreation(Map<String, Object> kafka, Runnable then) {
        this.kafka = kafka;
        this.then = then;
        thread.setDaemon(true);
    }

    /** Returns at once. */
    public void start() {
        thread.start();
    }

    /** Tries no more. */
    @Override
    public void close() {
        closing.countDown();
    }

    private void run() {
        long pause = FIRST_PAUSE_MILLIS;
        while (closing.getCount() > 0) {
            try {
                List<String> created = Topics.create(kafka, Topics.ALL);
                if (!created.isEmpty()) {
                    LOG.info("Created topics {}", created);
                }
                then.run();
                return;
            } catch (BusUnavailableException | KafkaException e) {
                LOG.warn("{}; trying again in {} ms", e.getMessage(), pause);
            }
            try {
                var unused = closing.await(pause, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                return;
            }
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }
}
