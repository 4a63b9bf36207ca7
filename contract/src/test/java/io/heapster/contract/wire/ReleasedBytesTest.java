package io.heapster.contract.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.sample.SampleBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Bytes of every released version stay in the repository and decode for ever. A new version adds a file
 * ({@code -Dheapster.wire.write=true} writes the current one) and changes none.
 */
class ReleasedBytesTest {
    private static final Path DIRECTORY = Path.of("src", "test", "resources", "wire");

    @Test
    void bytesOfVersion1Decode() throws IOException, MalformedBatchException {
        Path bytes = DIRECTORY.resolve("v1.bin");
        Path text = DIRECTORY.resolve("v1.txt");
        if (Boolean.getBoolean("heapster.wire.write")) {
            Files.createDirectories(DIRECTORY);
            byte[] encoded = new SampleBatchEncoder().encode(SampleBatchRoundTripTest.randomBatch(new Random(20)));
            Files.write(bytes, encoded);
            Files.writeString(text, print(new SampleBatchDecoder().decode(encoded)));
        }

        SampleBatch batch = new SampleBatchDecoder().decode(Files.readAllBytes(bytes));

        assertThat(print(batch)).isEqualTo(Files.readString(text));
    }

    private static String print(SampleBatch batch) {
        StringBuilder text = new StringBuilder("%s %s %d %d %s %s%n"
                .formatted(
                        batch.cluster(),
                        batch.node(),
                        batch.tickMillis(),
                        batch.resolutionMillis(),
                        batch.outcome(),
                        batch.reason()));
        batch.entities()
                .forEach(entity -> text.append("%s %s %d %d %d %s%n"
                        .formatted(
                                entity,
                                entity.labels(),
                                entity.startMillis(),
                                entity.measuredMillis(),
                                entity.networkMeasuredMillis(),
                                entity.resources())));
        return text.toString();
    }
}
