package io.heapster.scraper.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.sample.NodeKey;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static OutboundRecord record(long tick, int bytes) {
        return new OutboundRecord(new NodeKey("c", "n"), 0, tick, 1_000, 10, new byte[bytes]);
    }

    @Test
    void theOldestGoWhenThereAreTooMany() throws InterruptedException {
        Outbox outbox = new Outbox(2, 1 << 20);
        assertThat(outbox.add(record(1, 10))).isEmpty();
        assertThat(outbox.add(record(2, 10))).isEmpty();

        assertThat(outbox.add(record(3, 10)))
                .extracting(OutboundRecord::tickMillis)
                .containsExactly(1L);

        OutboundRecord first = outbox.poll(0);
        assertThat(first).isNotNull();
        assertThat(first == null ? 0 : first.tickMillis()).isEqualTo(2);
    }

    @Test
    void theOldestGoWhenTheyAreTooLarge() throws InterruptedException {
        Outbox outbox = new Outbox(100, 3_000);
        outbox.add(record(1, 1_000));
        outbox.add(record(2, 1_000));

        assertThat(outbox.add(record(3, 2_000)))
                .extracting(OutboundRecord::tickMillis)
                .containsExactly(1L, 2L);
        assertThat(outbox.size()).isEqualTo(1);

        var unused = outbox.poll(0);
        assertThat(outbox.bytes()).isZero();
        assertThat(outbox.poll(1)).isNull();
    }
}
