package io.heapster.contract.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Utils;

/** The topics on which the services meet. */
public final class Topics {

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final int REPLICAS_WANTED = 3;
    private static final long PATIENCE_SECONDS = 30;

    /** One batch of samples a node and tick; key = node. The owner of a partition scrapes the nodes of its keys. */
    public static final TopicSpec SAMPLES = new TopicSpec("heapster.samples", 64, DAY);

    /** Sums over namespaces and the cluster. One partition: its owner is the one that publishes. */
    public static final TopicSpec AGGREGATES = new TopicSpec("heapster.aggregates", 1, DAY);

    /**
     * One record a Kubernetes event and version; key = the object it is about. All events of a cluster lie in the one
     * partition to which the cluster's name hashes, in the order of their versions: its owner watches the cluster's
     * events, and finds in it where to go on.
     */
    public static final TopicSpec EVENTS = new TopicSpec("heapster.events", 12, DAY);

    /** What a backend refused for good, with the reason. */
    public static final TopicSpec DEAD_LETTERS = new TopicSpec("heapster.dead-letters", 4, WEEK);

    /** All of them with their defaults. */
    public static final List<TopicSpec> ALL = List.of(SAMPLES, AGGREGATES, EVENTS, DEAD_LETTERS);

    private Topics() {}

    /**
     * Creates those topics that are missing, on at most three brokers each, and never changes one that is there.
     *
     * @param kafka Kafka client properties, at least {@code bootstrap.servers}
     * @return the names of the topics that this call created
     * @throws BusUnavailableException if Kafka does not answer within 30 s or refuses
     */
    public static List<String> create(Map<String, Object> kafka, Collection<TopicSpec> topics) {
        try (Admin admin = Admin.create(ClientProperties.admin(kafka))) {
            return create(admin, topics);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new BusUnavailableException(BusTrouble.of(kafka, e).line(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusUnavailableException("interrupted while creating topics", e);
        }
    }

    static List<String> create(Admin admin, Collection<TopicSpec> topics)
            throws ExecutionException, TimeoutException, InterruptedException {
        Set<String> present = answer(admin.listTopics().names());
        int brokers = answer(admin.describeCluster().nodes()).size();
        short replicas = (short) Math.max(1, Math.min(brokers, REPLICAS_WANTED));
        List<String> created = new ArrayList<>();
        for (TopicSpec topic : topics) {
            if (!present.contains(topic.name()) && createIfMissing(admin, topic, replicas)) {
                created.add(topic.name());
            }
        }
        return created;
    }

    /** The partition to which a producer with Kafka's default partitioner sends a record with this key. */
    public static int partitionOf(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % partitions;
    }

    private static boolean createIfMissing(Admin admin, TopicSpec topic, short replicas)
            throws ExecutionException, TimeoutException, InterruptedException {
        NewTopic wanted = new NewTopic(topic.name(), topic.partitions(), replicas).configs(topic.configuration());
        try {
            answer(admin.createTopics(List.of(wanted)).all());
            return true;
        } catch (ExecutionException e) {
            // Another process, started at the same time, was faster.
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw e;
        }
    }

    private static <T> T answer(KafkaFuture<T> future)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
