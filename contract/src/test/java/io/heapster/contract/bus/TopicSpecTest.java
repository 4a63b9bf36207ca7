package io.heapster.contract.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicSpecTest {

    @Test
    void theTopicsArePinned() {
        assertThat(Topics.ALL)
                .containsExactly(
                        new TopicSpec("heapster.samples", 64, Duration.ofHours(24)),
                        new TopicSpec("heapster.aggregates", 1, Duration.ofHours(24)),
                        new TopicSpec("heapster.events", 12, Duration.ofHours(24)),
                        new TopicSpec("heapster.dead-letters", 4, Duration.ofDays(7)));
        assertThat(Topics.SAMPLES.configuration())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "cleanup.policy", "delete",
                        "compression.type", "lz4",
                        "message.timestamp.type", "CreateTime",
                        "retention.ms", "86400000",
                        "segment.ms", "10800000"));
    }

    @Test
    void aTopicWithoutPartitionsOrRetentionIsRefused() {
        assertThatThrownBy(() -> Topics.SAMPLES.withPartitions(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("partitions of topic heapster.samples: 0");
        assertThatThrownBy(() -> Topics.SAMPLES.withRetention(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("retention of topic heapster.samples: PT0S");
    }
}
