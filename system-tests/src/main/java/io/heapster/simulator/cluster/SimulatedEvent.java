package io.heapster.simulator.cluster;

import java.time.Instant;

/**
 * Something that happened to a pod, as {@code kubectl get events} shows it.
 *
 * @param name name of the event object
 * @param uid its identity
 * @param pod whom it happened to
 * @param type Normal or Warning
 * @param reason one word
 * @param message a sentence
 * @param at when
 */
public record SimulatedEvent(
        String name, String uid, SimulatedPod pod, String type, String reason, String message, Instant at) {}
