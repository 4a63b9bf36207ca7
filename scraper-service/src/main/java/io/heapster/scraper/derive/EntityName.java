package io.heapster.scraper.derive;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.LabelKey;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What tells an entity from the others of its node, as a number of 64 bits: names themselves would take more memory than
 * all that is remembered of an entity. Two entities of a node with one number would only ever be taken for each other
 * while they have one start time, too; among 1,000 entities two have one number in one of 10<sup>13</sup> cases, and
 * nobody can choose names that do, since every process hashes in its own way.
 */
final class EntityName {
    private static final long SEED = ThreadLocalRandom.current().nextLong();
    private static final long FACTOR = 0x9e3779b97f4a7c15L;

    /** Of the pod that was met last: its containers follow it. */
    private String namespace = "";

    private String pod = "";
    private long podHash = hash(hash(SEED, namespace), pod);

    /** The same number whenever this process meets the entity. Never 0. */
    long of(Entity entity) {
        long hash =
                switch (entity.type()) {
                    case CLUSTER, NODE -> SEED;
                    case NAMESPACE -> hash(SEED, entity.label(LabelKey.NAMESPACE_NAME));
                    case SYSTEM_CONTAINER -> hash(SEED, entity.label(LabelKey.CONTAINER_NAME));
                    case POD -> podHash(entity);
                    case POD_CONTAINER -> hash(podHash(entity), entity.label(LabelKey.CONTAINER_NAME));
                };
        long mixed = mix(hash + entity.type().number());
        return mixed == 0 ? 1 : mixed;
    }

    @SuppressWarnings("ReferenceEquality") // equal texts that are not the same only cost another look
    private long podHash(Entity entity) {
        String itsNamespace = entity.label(LabelKey.NAMESPACE_NAME);
        String itsPod = entity.label(LabelKey.POD_NAME);
        if (itsPod != pod || itsNamespace != namespace) {
            namespace = itsNamespace;
            pod = itsPod;
            podHash = hash(hash(SEED, itsNamespace), itsPod);
        }
        return podHash;
    }

    /** The length, which goes in as no letter does, keeps what follows one text from being taken for a part of it. */
    private static long hash(long before, String text) {
        long hash = mix(before + text.length());
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FACTOR;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    private static long mix(long hash) {
        long mixed = (hash ^ (hash >>> 32)) * FACTOR;
        return mixed ^ (mixed >>> 29);
    }
}
