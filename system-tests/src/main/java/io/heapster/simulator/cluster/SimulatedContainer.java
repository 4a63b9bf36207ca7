package io.heapster.simulator.cluster;

import java.time.Instant;

/**
 * A running container of a pod. After a restart it is another record with the same load.
 *
 * @param name unique in its pod
 * @param image name and tag
 * @param startedAt its counters begin here
 * @param restarts times it has been restarted
 * @param resources requests and limits
 * @param load what it uses
 * @param rootfs course of the bytes in its writable layer
 * @param logs course of the bytes in its logs
 */
public record SimulatedContainer(
        String name,
        String image,
        Instant startedAt,
        int restarts,
        Resources resources,
        Load load,
        Wave rootfs,
        Wave logs) {

    SimulatedContainer restartedAt(Instant instant) {
        return new SimulatedContainer(name, image, instant, restarts + 1, resources, load, rootfs, logs);
    }
}
