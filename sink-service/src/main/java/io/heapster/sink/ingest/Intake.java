package io.heapster.sink.ingest;

import java.time.Duration;
import java.util.List;

/**
 * The records one sink has to bring to its backend. {@link #poll} and {@link #close} belong to one thread, the rest to
 * any.
 */
public interface Intake {

    /**
     * The next records, each partition's in their order. Must be called every few seconds, also when nothing is wanted,
     * since a member of the group that does not ask is taken for dead. Commits now and then what was accepted. Kafka
     * being away is no error: there are no records then.
     *
     * @param take whether records are wanted; without, the partitions are kept and nothing is read
     */
    List<Received> poll(Duration atMost, boolean take);

    /** Whether the record's partition is still this process's. */
    boolean owns(Origin origin);

    /** The backend has this record and all before it of its partition: they need not come again. */
    void accepted(Origin origin);

    /** Commits what was accepted and leaves. */
    void close(Duration atMost);
}
