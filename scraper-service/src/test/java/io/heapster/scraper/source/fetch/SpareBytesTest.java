package io.heapster.scraper.source.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class SpareBytesTest {
    private final SpareBytes spare = new SpareBytes();

    @Test
    void whatWasGivenLastIsTakenFirstIfItIsLargeEnough() {
        byte[] older = new byte[100];
        byte[] newer = new byte[50];
        spare.give(older);
        spare.give(newer);

        assertThat(spare.take(50)).isSameAs(newer);
        assertThat(spare.take(101)).hasSize(101);
        assertThat(spare.take(10)).hasSize(10);
    }

    @Test
    void memoryOfHugeAnswersIsNotKept() {
        byte[] huge = new byte[1 << 20];
        spare.give(huge);

        assertThat(spare.take(1)).isNotSameAs(huge);
    }

    @Test
    void anAnswerInUsedMemoryIsOnlyItsOwnBytes() {
        Body longer = new Body(0, 1 << 20, spare);
        longer.append(Buffer.buffer("the one before, which was longer"));
        byte[] memory = longer.bytes();
        longer.release();
        Body body = new Body(0, 1 << 20, spare);
        body.append(Buffer.buffer("one"));
        body.append(Buffer.buffer(" more"));

        assertThat(body.bytes()).isSameAs(memory);
        assertThat(new String(body.bytes(), 0, body.length(), UTF_8)).isEqualTo("one more");
        assertThat(longer.length()).isZero();
    }
}
