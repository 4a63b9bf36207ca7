package io.heapster.contract.bus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What a process does with the topics, so that Kafka can be asked beforehand whether it may. */
public final class BusAccess {
    private static final long PATIENCE_SECONDS = 15;

    private final Map<String, Set<AclOperation>> topics = new LinkedHashMap<>();
    private final List<String> groups = new ArrayList<>();

    public BusAccess reading(TopicSpec... topics) {
        return with(AclOperation.READ, topics);
    }

    public BusAccess writing(TopicSpec... topics) {
        return with(AclOperation.WRITE, topics);
    }

    public BusAccess inGroup(String group) {
        groups.add(group);
        return this;
    }

    private BusAccess with(AclOperation operation, TopicSpec... more) {
        for (TopicSpec topic : more) {
            topics.computeIfAbsent(topic.name(), name -> new TreeSet<>()).add(operation);
        }
        return this;
    }

    /** The first right that is missing; of a topic or group that is not there yet nothing is known. */
    Optional<BusTrouble> missing(Admin admin, Map<String, Object> kafka)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<String, KafkaFuture<TopicDescription>> described = admin.describeTopics(
                        topics.keySet(), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues();
        for (Map.Entry<String, Set<AclOperation>> topic : topics.entrySet()) {
            KafkaFuture<TopicDescription> description = described.get(topic.getKey());
            Optional<AclOperation> denied =
                    description == null ? Optional.empty() : denied(description, topic.getValue());
            if (denied.isPresent()) {
                return Optional.of(BusTrouble.missing(kafka, word(denied.get()), "topic", topic.getKey()));
            }
        }
        for (String group : groups) {
            if (isDenied(admin, group)) {
                return Optional.of(BusTrouble.missing(kafka, word(AclOperation.READ), "group", group));
            }
        }
        return Optional.empty();
    }

    private static Optional<AclOperation> denied(KafkaFuture<TopicDescription> description, Set<AclOperation> wanted)
            throws ExecutionException, TimeoutException, InterruptedException {
        try {
            Set<AclOperation> granted =
                    description.get(PATIENCE_SECONDS, TimeUnit.SECONDS).authorizedOperations();
            // brokers of other make may leave them out
            return granted == null || granted.isEmpty()
                    ? Optional.empty()
                    : wanted.stream().filter(each -> !granted.contains(each)).findFirst();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            if (e.getCause() instanceof TopicAuthorizationException) {
                return wanted.stream().findFirst();
            }
            throw e;
        }
    }

    private static boolean isDenied(Admin admin, String group) throws TimeoutException, InterruptedException {
        try {
            var unused = admin.describeConsumerGroups(List.of(group)).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return false;
        } catch (ExecutionException e) {
            // A group that is not there yet fails, too.
            return e.getCause() instanceof GroupAuthorizationException;
        }
    }

    /** As {@code kafka-acls.sh} has it. */
    private static String word(AclOperation operation) {
        return operation.name().charAt(0) + operation.name().substring(1).toLowerCase(java.util.Locale.ROOT);
    }
}
