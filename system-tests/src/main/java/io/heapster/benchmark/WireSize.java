package io.heapster.benchmark;

import com.github.luben.zstd.Zstd;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.wire.SampleBatchEncoder;
import net.jpountz.lz4.LZ4Factory;

/** Prints the bytes a sample takes on the wire: plain, with lz4 as the producer sends it, and with zstd. */
public final class WireSize {
    private WireSize() {}

    public static void main(String[] args) {
        for (int pods : new int[] {30, 110}) {
            SampleBatch batch = BusyNode.withPods(pods);
            byte[] bytes = new SampleBatchEncoder().encode(batch);
            int lz4 = LZ4Factory.fastestJavaInstance().fastCompressor().compress(bytes).length;
            int zstd = Zstd.compress(bytes).length;
            double samples = batch.sampleCount();
            System.out.printf(
                    "%d pods, %.0f samples: plain %d B (%.2f a sample), lz4 %d B (%.2f), zstd %d B (%.2f)%n",
                    pods, samples, bytes.length, bytes.length / samples, lz4, lz4 / samples, zstd, zstd / samples);
        }
    }
}
