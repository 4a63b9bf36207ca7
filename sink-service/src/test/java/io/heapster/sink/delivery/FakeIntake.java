package io.heapster.sink.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heapster.contract.bus.Topics;
import io.heapster.contract.event.EventCodec;
import io.heapster.contract.event.EventRecord;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.wire.SampleBatchEncoder;
import io.heapster.sink.ingest.Intake;
import io.heapster.sink.ingest.Origin;
import io.heapster.sink.ingest.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** One partition, filled by a test. */
final class FakeIntake implements Intake {
    private final SampleBatchEncoder encoder = new SampleBatchEncoder();
    private final BlockingQueue<Received> records = new LinkedBlockingQueue<>();
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong committed = new AtomicLong();
    private final AtomicLong polls = new AtomicLong();
    private volatile boolean owned = true;
    private volatile boolean taking;
    private volatile boolean closed;

    /** Size of the record. */
    int produce(SampleBatch batch) {
        byte[] value = encoder.encode(batch);
        produce(value);
        return value.length;
    }

    void produce(EventRecord event) {
        produce(Topics.EVENTS.name(), EventCodec.encode(event));
    }

    void produce(byte[] value) {
        produce(Topics.SAMPLES.name(), value);
    }

    void produce(String topic, byte[] value) {
        Origin origin = new Origin(topic, 0, next.getAndIncrement(), "default/n".getBytes(UTF_8));
        records.add(new Received(origin, value, System.currentTimeMillis()));
    }

    @Override
    public List<Received> poll(Duration atMost, boolean take) {
        polls.incrementAndGet();
        taking = take;
        List<Received> taken = new ArrayList<>();
        try {
            Received first = take ? records.poll(atMost.toMillis(), TimeUnit.MILLISECONDS) : null;
            if (first != null) {
                taken.add(first);
                records.drainTo(taken, 99);
            } else if (!take) {
                TimeUnit.MILLISECONDS.sleep(Math.min(5, atMost.toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return taken;
    }

    void giveAway() {
        owned = false;
    }

    @Override
    public boolean owns(Origin origin) {
        return owned;
    }

    @Override
    public void accepted(Origin origin) {
        committed.set(origin.offset() + 1);
    }

    long produced() {
        return next.get();
    }

    long committed() {
        return committed.get();
    }

    long polls() {
        return polls.get();
    }

    boolean taking() {
        return taking;
    }

    boolean closed() {
        return closed;
    }

    @Override
    public void close(Duration atMost) {
        closed = true;
    }
}
