package io.heapster.contract.sample;

import java.util.List;

/**
 * What one node reported for one tick, or why it did not; on the topic of aggregates: what one cluster and its
 * namespaces sum up to.
 *
 * @param cluster name of the cluster
 * @param node name of the node; empty for aggregates
 * @param tickMillis start of the resolution window in milliseconds since 1970, a multiple of the resolution
 * @param resolutionMillis length of the window
 * @param outcome how reading the node ended
 * @param reason why there are no samples, as {@code reason: detail}; empty when they are there
 * @param entities the node, its system containers, then each pod followed by its containers
 */
public record SampleBatch(
        String cluster,
        String node,
        long tickMillis,
        long resolutionMillis,
        Outcome outcome,
        String reason,
        List<Entity> entities) {

    /** A node that answered. */
    public static SampleBatch ok(NodeKey node, long tickMillis, long resolutionMillis, List<Entity> entities) {
        return new SampleBatch(node.cluster(), node.node(), tickMillis, resolutionMillis, Outcome.OK, "", entities);
    }

    /** A node that was asked in vain. */
    public static SampleBatch failed(NodeKey node, long tickMillis, long resolutionMillis, String reason) {
        return new SampleBatch(
                node.cluster(), node.node(), tickMillis, resolutionMillis, Outcome.FAILED, reason, List.of());
    }

    /** A node that was not asked. */
    public static SampleBatch skipped(NodeKey node, long tickMillis, long resolutionMillis, String reason) {
        return new SampleBatch(
                node.cluster(), node.node(), tickMillis, resolutionMillis, Outcome.SKIPPED, reason, List.of());
    }

    public NodeKey nodeKey() {
        return new NodeKey(cluster, node);
    }

    /** How many values the batch carries. */
    public int sampleCount() {
        int count = 0;
        for (Entity entity : entities) {
            count += entity.sampleCount();
        }
        return count;
    }
}
