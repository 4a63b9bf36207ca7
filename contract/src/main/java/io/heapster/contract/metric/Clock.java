package io.heapster.contract.metric;

/**
 * Which of an entity's measuring times a metric belongs to. A kubelet measures a pod's network apart from its processor
 * and memory, seconds earlier or later, so a rate needs the time of its own block.
 */
public enum Clock {
    /** The entity's own measuring time: processor, memory, file systems and all else. */
    ENTITY,
    /** The time the network counters were read. */
    NETWORK
}
