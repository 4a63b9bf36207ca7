package io.heapster.scraper.publish;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Records waiting for Kafka: bounded in number and bytes; the oldest make room for new ones. */
final class Outbox {
    private final int maxRecords;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Deque<OutboundRecord> records = new ArrayDeque<>();
    private long bytes;

    Outbox(int maxRecords, long maxBytes) {
        this.maxRecords = maxRecords;
        this.maxBytes = maxBytes;
    }

    /** Never blocks. Returns the records that had to go; the given one itself if it is larger than all the room. */
    List<OutboundRecord> add(OutboundRecord record) {
        lock.lock();
        try {
            records.addLast(record);
            bytes += record.bytes();
            List<OutboundRecord> dropped = List.of();
            while (records.size() > maxRecords || bytes > maxBytes) {
                OutboundRecord oldest = records.removeFirst();
                bytes -= oldest.bytes();
                if (dropped.isEmpty()) {
                    dropped = new ArrayList<>();
                }
                dropped.add(oldest);
            }
            filled.signal();
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /** The oldest record, waited for; null when none came in time. */
    @Nullable
    OutboundRecord poll(long waitMillis) throws InterruptedException {
        lock.lock();
        try {
            long nanos = TimeUnit.MILLISECONDS.toNanos(waitMillis);
            while (records.isEmpty()) {
                if (nanos <= 0) {
                    return null;
                }
                nanos = filled.awaitNanos(nanos);
            }
            OutboundRecord record = records.removeFirst();
            bytes -= record.bytes();
            return record;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return records.size();
        } finally {
            lock.unlock();
        }
    }

    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }
}
