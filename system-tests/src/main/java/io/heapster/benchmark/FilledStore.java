package io.heapster.benchmark;

import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.wire.MalformedBatchException;
import io.heapster.contract.wire.SampleBatchDecoder;
import io.heapster.model.store.Census;
import io.heapster.model.store.SampleStore;
import io.heapster.model.store.StoreLimits;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The measured process of {@link ModelMemory}: a decoder and a store, fed with records from its standard input. */
final class FilledStore {
    private static final int BUDGET = 6 * 1024;

    private final TickClock clock = new TickClock();
    private final SampleStore store = new SampleStore(
            new StoreLimits(Duration.ofMinutes(15), Duration.ofMinutes(2), 500_000, 32, 2_048),
            clock,
            new StrictRejections());
    /** Lives as long as the store and shares its texts, as in the service. */
    private final SampleBatchDecoder decoder = new SampleBatchDecoder();

    private FilledStore() {}

    public static void main(String[] args) throws IOException, MalformedBatchException {
        try (DataInputStream records = new DataInputStream(new BufferedInputStream(System.in))) {
            // Loads and compiles the code, which is not the pods'.
            new FilledStore().receive(records, ModelMemory.TICKS);
            long emptyHeap = heapAfterCollection();
            long emptyResident = resident();
            FilledStore filled = new FilledStore();
            filled.receive(records, ModelMemory.NODES * ModelMemory.TICKS);
            long heap = heapAfterCollection();
            long resident = resident();
            filled.print(emptyHeap, heap, emptyResident, resident);
        }
    }

    private void print(long emptyHeap, long heap, long emptyResident, long resident) {
        Census census = store.census();
        int pods = census.entities(EntityType.POD);
        System.out.printf(
                "%d pods, %d containers, %.1f samples a pod and tick, %d ticks%n",
                pods,
                census.entities(EntityType.POD_CONTAINER),
                (double) census.points() / pods / ModelMemory.TICKS,
                ModelMemory.TICKS);
        System.out.printf(
                "live heap: %d KiB empty, %d KiB filled: %d B a pod, %.2f B a sample%n",
                emptyHeap >> 10, heap >> 10, (heap - emptyHeap) / pods, (double) (heap - emptyHeap) / census.points());
        System.out.printf(
                "resident: %d KiB empty, %d KiB filled: %d B a pod%n",
                emptyResident >> 10, resident >> 10, (resident - emptyResident) / pods);
        System.out.printf("budget: %d B a pod%n", BUDGET);
    }

    private void receive(DataInputStream records, int count) throws IOException, MalformedBatchException {
        for (int record = 0; record < count; record++) {
            SampleBatch batch = decoder.decode(records.readNBytes(records.readInt()));
            clock.set(batch.tickMillis());
            store.put(batch);
        }
        store.expire();
    }

    private static long heapAfterCollection() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** VmRSS of this process in bytes. */
    private static long resident() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("/proc/self/status has no VmRSS");
    }
}
