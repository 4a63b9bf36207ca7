package io.heapster.sink.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GlobsTest {

    @Test
    void aStarStandsForAnyCharactersAndAQuestionMarkForOne() {
        Globs globs = Globs.of(" cpu/*, memory/usage ,net?ork/rx");
        assertThat(globs.texts()).containsExactly("cpu/*", "memory/usage", "net?ork/rx");
        assertThat(globs.matches("cpu/usage_rate")).isTrue();
        assertThat(globs.matches("cpu")).isFalse();
        assertThat(globs.matches("memory/usage")).isTrue();
        assertThat(globs.matches("memory/usage_rate")).isFalse();
        assertThat(globs.matches("network/rx")).isTrue();
    }

    @Test
    void whatLooksLikeARegularExpressionIsText() {
        assertThat(Globs.of("a.b(c").matches("a.b(c")).isTrue();
        assertThat(Globs.of("a.b").matches("axb")).isFalse();
        assertThat(Globs.of("\\E*").matches("\\Ex")).isTrue();
    }

    @Test
    void anEmptyListMatchesNothing() {
        assertThat(Globs.of(" ,").isEmpty()).isTrue();
        assertThat(Globs.of("").matches("")).isFalse();
    }
}
