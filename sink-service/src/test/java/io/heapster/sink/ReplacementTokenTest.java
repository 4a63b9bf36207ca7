package io.heapster.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplacementTokenTest {
    private static final String TOKEN = "0123456789abcdef";

    @TempDir
    private Path directory;

    @Test
    void onlyTheTokenOfTheFileIsShown() throws IOException {
        ReplacementToken token = ReplacementToken.in(file(TOKEN + "\n"));
        assertThat(token.isShownBy("Bearer " + TOKEN)).isTrue();
        assertThat(token.isShownBy("bearer  " + TOKEN + " ")).isTrue();
        assertThat(token.isShownBy("Bearer " + TOKEN + "0")).isFalse();
        assertThat(token.isShownBy("Basic " + TOKEN)).isFalse();
        assertThat(token.isShownBy(TOKEN)).isFalse();
        assertThat(token.isShownBy("Bearer ")).isFalse();
        assertThat(token.isShownBy(null)).isFalse();
    }

    @Test
    void anotherTokenInTheFileCountsAtOnce() throws IOException {
        ReplacementToken token = ReplacementToken.in(file(TOKEN));
        String other = file("another-0123456789");
        assertThat(token.file()).hasToString(other);
        assertThat(token.isShownBy("Bearer " + TOKEN)).isFalse();
        assertThat(token.isShownBy("Bearer another-0123456789")).isTrue();
    }

    @Test
    void nothingIsShownWhileTheFileHoldsNone() throws IOException {
        ReplacementToken token = ReplacementToken.in(file(TOKEN));
        file("");
        assertThatThrownBy(() -> token.isShownBy("Bearer ")).isInstanceOf(IOException.class);
        Files.delete(token.file());
        assertThatThrownBy(() -> token.isShownBy("Bearer " + TOKEN)).isInstanceOf(IOException.class);
    }

    @Test
    void aFileWithoutAUsableTokenIsRefusedWithTheCure() throws IOException {
        String tooShort = file("secret");
        assertThatThrownBy(() -> ReplacementToken.in(tooShort))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 16 characters")
                .hasMessageNotContaining("secret\n");
        assertThatThrownBy(
                        () -> ReplacementToken.in(directory.resolve("missing").toString()))
                .hasMessageContaining("missing")
                .hasMessageContaining("openssl rand");
    }

    private String file(String text) throws IOException {
        return Files.writeString(directory.resolve("token"), text).toString();
    }
}
