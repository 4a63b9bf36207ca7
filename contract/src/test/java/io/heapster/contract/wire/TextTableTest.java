package io.heapster.contract.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void keepsEachTextOnceInTheOrderOfItsFirstSightHoweverManyThereAre() {
        TextTable table = new TextTable();
        for (int round = 0; round < 3; round++) {
            assertThat(table.position("")).isZero();
            for (int i = 1; i <= 10_000; i++) {
                assertThat(table.position("text " + i)).isEqualTo(i);
                assertThat(table.position("text " + (1 + i / 2))).isEqualTo(1 + i / 2);
            }
            assertThat(table.size()).isEqualTo(10_001);
            assertThat(table.get(4_711)).isEqualTo("text 4711");

            table.clear();
            assertThat(table.size()).isEqualTo(1);
        }
    }
}
