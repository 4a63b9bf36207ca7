package io.heapster.sink.influxdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.spi.TestBatches;
import io.heapster.sink.spi.TextBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class GzipPropertyTest {
    private final Gzip gzip = new Gzip();

    @Property(tries = 300)
    void anyBytesComeBack(@ForAll byte[] bytes) throws IOException {
        check(bytes);
    }

    /** Parts of what came before, near and far, short and long. */
    @Property(tries = 300)
    void whatRepeatsComesBack(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200_000) int size)
            throws IOException {
        Random random = new Random(seed);
        byte[] bytes = new byte[size];
        int different = 1 + random.nextInt(256);
        for (int at = 0; at < size; ) {
            int length = Math.min(size - at, 1 + random.nextInt(random.nextBoolean() ? 12 : 2_000));
            if (at == 0 || random.nextInt(3) == 0) {
                for (int end = at + length; at < end; at++) {
                    bytes[at] = (byte) random.nextInt(different);
                }
            } else {
                int from = random.nextInt(at);
                for (int end = at + length; at < end; at++, from++) {
                    bytes[at] = bytes[from];
                }
            }
        }
        check(bytes);
    }

    @Example
    void everyLengthOfARunComesBack() throws IOException {
        for (int length = 0; length < 1_100; length++) {
            check(new byte[length]);
        }
    }

    @Example
    void linesBecomeAFraction() throws IOException {
        LineEncoder encoder = LineEncoder.of(ComponentUri.parse("influxdb:?schema=v1", Map.of()));
        encoder.encode(List.of(TestBatches.node("a", 0, 50), TestBatches.node("b", 0, 50)));
        check(encoder.lines().toByteArray());
        assertThat(gzip.size()).isLessThan(encoder.lines().size() / 6);
    }

    private void check(byte[] bytes) throws IOException {
        gzip.compress(new TextBuffer(1).append(bytes));
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip.array(), 0, gzip.size()))) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
    }
}
