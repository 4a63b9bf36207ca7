package io.heapster.simulator.cluster;

import java.time.Instant;

/**
 * A namespace.
 *
 * @param name name
 * @param uid identity
 * @param createdAt when it was made
 */
public record SimulatedNamespace(String name, String uid, Instant createdAt) {}
