package io.heapster.sink.cloudmonitoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CounterTest {
    private static final long RESOLUTION = 1_000;
    private final Counter counter = new Counter();

    @Test
    void theStartIsTheEntitysAsLongAsTheCounterGrows() {
        assertThat(counter.start(500, 10_000, RESOLUTION, 7)).isEqualTo(500);
        assertThat(counter.start(500, 11_000, RESOLUTION, 7)).isEqualTo(500);
        assertThat(counter.start(500, 15_000, RESOLUTION, 9)).isEqualTo(500);
    }

    @Test
    void aRestartOfTheEntityIsANewStart() {
        counter.start(500, 10_000, RESOLUTION, 7);
        assertThat(counter.start(10_300, 11_000, RESOLUTION, 9)).isEqualTo(10_300);
        assertThat(counter.start(10_300, 12_000, RESOLUTION, 10)).isEqualTo(10_300);
    }

    @Test
    void aFallOfTheValueAloneStartsJustBehindTheLastPoint() {
        counter.start(500, 10_000, RESOLUTION, 7);
        assertThat(counter.start(500, 11_000, RESOLUTION, 6)).isEqualTo(10_001);
        assertThat(counter.start(500, 12_000, RESOLUTION, 8)).isEqualTo(10_001);
    }

    @Test
    void anEntityThatStartedAfterItsTickStartsJustBeforeItAndKeepsThat() {
        assertThat(counter.start(10_300, 10_000, RESOLUTION, 1)).isEqualTo(9_999);
        assertThat(counter.start(10_300, 11_000, RESOLUTION, 2)).isEqualTo(9_999);
    }

    @Test
    void anUnknownStartIsTheTickBefore() {
        assertThat(counter.start(0, 10_000, RESOLUTION, 1)).isEqualTo(9_000);
        assertThat(counter.start(0, 11_000, RESOLUTION, 2)).isEqualTo(9_000);
    }

    @Test
    void aPointWrittenAgainHasTheStartItHad() {
        counter.start(500, 10_000, RESOLUTION, 7);
        counter.start(500, 11_000, RESOLUTION, 8);
        assertThat(counter.start(500, 10_000, RESOLUTION, 7)).isEqualTo(500);
        assertThat(counter.start(500, 12_000, RESOLUTION, 9)).isEqualTo(500);
    }

    @Test
    void aLaterStartThatGoogleTookIsKept() {
        counter.start(500, 10_000, RESOLUTION, 7);
        assertThat(counter.isSettled()).isFalse();
        counter.settle(Counter.restart(10_000, RESOLUTION), 10_000);
        assertThat(counter.isSettled()).isTrue();
        assertThat(counter.start(500, 11_000, RESOLUTION, 8)).isEqualTo(9_001);
    }
}
