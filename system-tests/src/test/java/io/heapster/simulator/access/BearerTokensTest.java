package io.heapster.simulator.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.simulator.access.BearerTokens.Verdict;
import org.junit.jupiter.api.Test;

final class BearerTokensTest {
    private final BearerTokens tokens = BearerTokens.accepting("good");

    @Test
    void tellsKnownUnknownAndMissingTokensApart() {
        tokens.forbid("poor");

        assertThat(tokens.judge("Bearer good")).isEqualTo(Verdict.ALLOWED);
        assertThat(tokens.judge("bearer good")).isEqualTo(Verdict.ALLOWED);
        assertThat(tokens.judge("Bearer poor")).isEqualTo(Verdict.FORBIDDEN);
        assertThat(tokens.judge("Bearer other")).isEqualTo(Verdict.UNKNOWN);
        assertThat(tokens.judge("Basic good")).isEqualTo(Verdict.UNKNOWN);
        assertThat(tokens.judge(null)).isEqualTo(Verdict.ANONYMOUS);
    }

    @Test
    void aRevokedTokenIsUnknownUntilAcceptedAgain() {
        tokens.revoke("good");
        assertThat(tokens.judge("Bearer good")).isEqualTo(Verdict.UNKNOWN);

        tokens.accept("good");
        assertThat(tokens.judge("Bearer good")).isEqualTo(Verdict.ALLOWED);
    }
}
