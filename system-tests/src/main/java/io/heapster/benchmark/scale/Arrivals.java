package io.heapster.benchmark.scale;

import io.heapster.contract.bus.Topics;
import io.heapster.contract.sample.Outcome;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.wire.MalformedBatchException;
import io.heapster.contract.wire.SampleBatchDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Follows {@code heapster.samples} and notes when which node's record of which tick came. */
final class Arrivals implements AutoCloseable {
    /** What came of one tick, by number of the node. */
    static final class Tick {
        private final long startMillis;
        /** When its first record could be read, milliseconds since 1970; 0: not yet. */
        private final long[] millis;
        /** Whether it had samples. */
        private final boolean[] ok;

        Tick(long startMillis, int nodes) {
            this.startMillis = startMillis;
            this.millis = new long[nodes];
            this.ok = new boolean[nodes];
        }

        int records() {
            int count = 0;
            for (long at : millis) {
                count += at > 0 ? 1 : 0;
            }
            return count;
        }

        int good() {
            int count = 0;
            for (boolean one : ok) {
                count += one ? 1 : 0;
            }
            return count;
        }

        /** Milliseconds from the tick's start, or −1. */
        long delay(int node) {
            return millis[node] == 0 ? -1 : millis[node] - startMillis;
        }
    }

    private final int nodes;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final SampleBatchDecoder decoder = new SampleBatchDecoder();
    private final NavigableMap<Long, Tick> ticks = new ConcurrentSkipListMap<>();
    private final Thread thread = new Thread(this::run, "arrivals");
    private volatile boolean closed;
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong samples = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();

    Arrivals(String bootstrapServers, int nodes) {
        this.nodes = nodes;
        Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrapServers);
        Topics.create(kafka, Topics.ALL);
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        consumer.partitionsFor(Topics.SAMPLES.name())
                .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        consumer.assign(partitions);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!closed) {
            for (ConsumerRecord<byte[], byte[]> kafka : consumer.poll(Duration.ofMillis(100))) {
                try {
                    add(decoder.decode(kafka.value()), kafka.value().length, System.currentTimeMillis());
                } catch (MalformedBatchException e) {
                    throw new IllegalStateException("the scraper wrote what cannot be read", e);
                }
            }
        }
        consumer.close();
    }

    private void add(SampleBatch batch, int length, long now) {
        Tick tick = ticks.computeIfAbsent(batch.tickMillis(), start -> new Tick(start, nodes));
        int node = number(batch.node());
        records.incrementAndGet();
        samples.addAndGet(batch.sampleCount());
        bytes.addAndGet(length);
        if (tick.millis[node] != 0) {
            repeated.incrementAndGet();
        } else {
            tick.millis[node] = now;
        }
        tick.ok[node] |= batch.outcome() == Outcome.OK;
    }

    /** The number in the name of a simulated node. */
    static int number(String node) {
        return Integer.parseInt(node.substring(node.lastIndexOf('-') + 1));
    }

    /** The tick of this start as it is now. */
    Tick tick(long startMillis) {
        return ticks.getOrDefault(startMillis, new Tick(startMillis, nodes));
    }

    long records() {
        return records.get();
    }

    long samples() {
        return samples.get();
    }

    /** Of the values, uncompressed. */
    long bytes() {
        return bytes.get();
    }

    /** Records of a node and tick that had one already. */
    long repeated() {
        return repeated.get();
    }

    /** When this node's records came, over all ticks, ascending. */
    long[] of(int node) {
        return ticks.values().stream()
                .mapToLong(tick -> tick.millis[node])
                .filter(at -> at > 0)
                .sorted()
                .toArray();
    }

    /** Delays of these nodes at a tick, ascending. */
    static long[] delays(List<Tick> ticks, List<Integer> nodes) {
        long[] delays = new long[ticks.size() * nodes.size()];
        int count = 0;
        for (Tick tick : ticks) {
            for (int node : nodes) {
                if (tick.delay(node) >= 0) {
                    delays[count++] = tick.delay(node);
                }
            }
        }
        long[] sorted = Arrays.copyOf(delays, count);
        Arrays.sort(sorted);
        return sorted;
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
