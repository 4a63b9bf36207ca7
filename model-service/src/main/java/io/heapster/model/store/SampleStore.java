package io.heapster.model.store;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.SampleBatch;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Every metric of every entity of every cluster, for the window.
 *
 * <p>Writing takes the store's lock; reading does not, and waits for nothing longer than one row. A batch may come late, again, or again with
 * other values: the last one counts, whole entity by whole entity, so that replicas that read one log hold the same.
 *
 * <p>Rows finer than the model resolution become one as soon as the entity has a row of the second bucket after theirs:
 * cumulative metrics are the last there was, all others the mean of the rows that have them, the tick is the bucket's
 * start.
 */
public final class SampleStore {
    private final StoreLimits limits;
    private final Clock clock;
    private final Rejections rejections;
    private final Map<String, ClusterHistory> clusters = new ConcurrentHashMap<>();
    private final Buckets buckets;
    private final RowWriter writer;
    private final Pacer writing = new Pacer();
    private final Pacer expiring = new Pacer();
    private int entityCount;
    private long pointCount;
    private volatile Census census = Census.NOTHING;

    public SampleStore(StoreLimits limits, Clock clock, Rejections rejections) {
        this.limits = limits;
        this.clock = clock;
        this.rejections = rejections;
        this.buckets = new Buckets(limits.modelResolution().toMillis());
        this.writer = new RowWriter(buckets, new LabelPool(limits, rejections));
    }

    /** The clusters that reported within the window, in no order; a view that follows changes. */
    public Collection<ClusterHistory> clusters() {
        return Collections.unmodifiableCollection(clusters.values());
    }

    public @Nullable ClusterHistory cluster(String name) {
        return clusters.get(name);
    }

    /** The oldest tick that counts at this moment, ms since 1970: readers leave out what is older. */
    public long oldestTick() {
        return clock.millis() - limits.window().toMillis();
    }

    /** Whether the rows of a tick are merged with others already, at least those of entities that report regularly. */
    public boolean isMerged(ClusterHistory cluster, long tickMillis, long resolutionMillis) {
        return buckets.merge(resolutionMillis) && tickMillis < buckets.openFrom(cluster.newestTick());
    }

    /** The newest tick of any node's batch; {@link Long#MIN_VALUE} when there was none. */
    public long newestTick() {
        long newest = Long.MIN_VALUE;
        for (ClusterHistory cluster : clusters.values()) {
            newest = Math.max(newest, cluster.newestTick());
        }
        return newest;
    }

    /** What the store held when {@link #expire} last ran. */
    public Census census() {
        return census;
    }

    /** Takes what a batch says; what it refuses is told to the {@link Rejections}. */
    public synchronized void put(SampleBatch batch) {
        long tick = batch.tickMillis();
        if (tick < oldestTick()) {
            rejections.points(RejectionReason.OLD, batch.sampleCount());
            return;
        }
        if (tick > clock.millis() + limits.clockTolerance().toMillis()) {
            rejections.points(RejectionReason.FUTURE, batch.sampleCount());
            return;
        }
        ClusterHistory cluster = clusters.get(batch.cluster());
        if (cluster == null) {
            if (isFull()) {
                rejections.points(RejectionReason.LIMIT, batch.sampleCount());
                return;
            }
            cluster = new ClusterHistory(batch.cluster());
            clusters.put(batch.cluster(), cluster);
            entityCount++;
        }
        cluster.seen(tick);
        if (!batch.node().isEmpty()) {
            cluster.ticked(tick, batch.resolutionMillis());
        }
        for (Entity entity : batch.entities()) {
            put(cluster, entity, tick, batch.resolutionMillis());
            writing.step();
        }
    }

    private void put(ClusterHistory cluster, Entity entity, long tick, long resolution) {
        EntityHistory history = locate(cluster, entity, tick);
        if (history == null) {
            return;
        }
        long before = history.pointCount();
        long oldest = oldestTick();
        RejectionReason refused;
        if (hasRoom(entity.sampleCount())) {
            refused = writer.write(history, entity, tick, resolution, oldest);
        } else {
            // What left the window mostly makes room for what comes.
            writer.cut(history, oldest);
            refused = hasRoom(entity.sampleCount() + history.pointCount() - before)
                    ? writer.write(history, entity, tick, resolution, oldest)
                    : RejectionReason.POINTS;
        }
        pointCount += history.pointCount() - before;
        if (refused != null) {
            rejections.points(refused, entity.sampleCount());
        }
    }

    private boolean hasRoom(long morePoints) {
        return limits.points() <= 0 || pointCount + morePoints <= limits.points();
    }

    /** The entity's history, made when new; null when it is refused, which is then counted. */
    private @Nullable EntityHistory locate(ClusterHistory cluster, Entity entity, long tick) {
        EntityHistory found =
                switch (entity.type()) {
                    case CLUSTER -> cluster;
                    case NAMESPACE -> namespace(cluster, entity, tick);
                    case NODE -> node(cluster, entity, tick);
                    case SYSTEM_CONTAINER -> container(node(cluster, entity, tick), entity);
                    case POD -> pod(cluster, entity, tick);
                    case POD_CONTAINER -> container(pod(cluster, entity, tick), entity);
                };
        if (found != null) {
            found.seen(tick);
        }
        return found;
    }

    private @Nullable NamespaceHistory namespace(ClusterHistory cluster, Entity entity, long tick) {
        String name = entity.label(LabelKey.NAMESPACE_NAME);
        NamespaceHistory namespace = cluster.namespacesByName().get(name);
        if (namespace == null && isWelcome(name, entity)) {
            namespace = new NamespaceHistory(name);
            cluster.namespacesByName().put(name, namespace);
        }
        return seen(namespace, tick);
    }

    private @Nullable ContainerOwner node(ClusterHistory cluster, Entity entity, long tick) {
        String name = entity.label(LabelKey.NODENAME);
        ContainerOwner node = cluster.nodesByName().get(name);
        if (node == null && isWelcome(name, entity)) {
            node = new ContainerOwner(EntityType.NODE, name);
            cluster.nodesByName().put(name, node);
        }
        return seen(node, tick);
    }

    private @Nullable ContainerOwner pod(ClusterHistory cluster, Entity entity, long tick) {
        NamespaceHistory namespace = namespace(cluster, entity, tick);
        if (namespace == null) {
            return null;
        }
        String name = entity.label(LabelKey.POD_NAME);
        ContainerOwner pod = namespace.pod(name);
        if (pod == null && isWelcome(name, entity)) {
            pod = new ContainerOwner(EntityType.POD, name);
            namespace.podsByName().put(name, pod);
        }
        return seen(pod, tick);
    }

    private @Nullable EntityHistory container(@Nullable ContainerOwner owner, Entity entity) {
        if (owner == null) {
            return null;
        }
        String name = entity.label(LabelKey.CONTAINER_NAME);
        EntityHistory container = owner.container(name);
        if (container == null && isWelcome(name, entity)) {
            container = new EntityHistory(entity.type(), name);
            owner.add(container);
        }
        return container;
    }

    private static <E extends EntityHistory> @Nullable E seen(@Nullable E entity, long tick) {
        if (entity != null) {
            entity.seen(tick);
        }
        return entity;
    }

    private boolean isWelcome(String name, Entity entity) {
        if (name.isEmpty()) {
            rejections.points(RejectionReason.UNNAMED, entity.sampleCount());
            return false;
        }
        if (isFull()) {
            rejections.points(RejectionReason.LIMIT, entity.sampleCount());
            return false;
        }
        if (!hasRoom(entity.sampleCount())) {
            rejections.points(RejectionReason.POINTS, entity.sampleCount());
            return false;
        }
        entityCount++;
        return true;
    }

    private boolean isFull() {
        return entityCount >= limits.entities();
    }

    /** Lets go of rows and entities whose ticks have all left the window, and counts what is left. */
    public synchronized void expire() {
        long before = oldestTick();
        Census.Count count = new Census.Count();
        Iterator<ClusterHistory> each = clusters.values().iterator();
        while (each.hasNext()) {
            ClusterHistory cluster = each.next();
            expireNodes(cluster, before, count);
            expireNamespaces(cluster, before, count);
            cluster.expire(before);
            if (cluster.seenMillis() < before) {
                each.remove();
                entityCount--;
            } else {
                count.add(cluster);
            }
        }
        census = count.done();
        pointCount = census.points();
    }

    private void expireNodes(ClusterHistory cluster, long before, Census.Count count) {
        Iterator<ContainerOwner> each = cluster.nodesByName().values().iterator();
        while (each.hasNext()) {
            if (!remains(each.next(), before, count)) {
                each.remove();
            }
        }
    }

    private void expireNamespaces(ClusterHistory cluster, long before, Census.Count count) {
        Iterator<NamespaceHistory> each = cluster.namespacesByName().values().iterator();
        while (each.hasNext()) {
            NamespaceHistory namespace = each.next();
            Iterator<ContainerOwner> pods = namespace.podsByName().values().iterator();
            while (pods.hasNext()) {
                if (!remains(pods.next(), before, count)) {
                    pods.remove();
                }
            }
            namespace.expire(before);
            if (namespace.seenMillis() < before) {
                each.remove();
                entityCount--;
            } else {
                count.add(namespace);
            }
        }
    }

    private boolean remains(ContainerOwner owner, long before, Census.Count count) {
        entityCount -= owner.expireContainers(before);
        owner.expire(before);
        if (owner.seenMillis() < before) {
            entityCount--;
            return false;
        }
        count.add(owner);
        for (EntityHistory container : owner.containers()) {
            count.add(container);
        }
        expiring.step();
        return true;
    }
}
