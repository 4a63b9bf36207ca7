package io.heapster.model.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorityReaderTest {
    private final TestAuthority older = new TestAuthority("older");
    private final TestAuthority newer = new TestAuthority("newer");
    private CompletionStage<Map<String, String>> config =
            CompletableFuture.failedStage(new ReviewException("the API server is away"));
    private final AuthorityReader reader = new AuthorityReader(() -> config);

    private boolean believes(TestAuthority authority) {
        CertificateAuthority users =
                Objects.requireNonNull(Objects.requireNonNull(reader.current()).users());
        return users.signed(
                new ClientCertificate(List.of(authority.client("alice").certificate())));
    }

    private void give(String pem) {
        config = CompletableFuture.completedStage(Map.of("client-ca-file", pem));
        reader.reread().toCompletableFuture().join();
    }

    @Test
    void untilTheyCouldBeReadItIsSaidWhyNot() {
        reader.reread().toCompletableFuture().join();

        assertThat(reader.current()).isNull();
        assertThat(reader.whyUnknown()).isEqualTo("the API server is away");
    }

    @Test
    void aNewAuthorityTakesThePlaceOfTheOlder() {
        give(older.pem());
        assertThat(believes(older)).isTrue();

        give(newer.pem());
        assertThat(believes(older)).isFalse();
        assertThat(believes(newer)).isTrue();
    }

    @Test
    void whatCannotBeReadLeavesThemAsTheyWere() {
        give(older.pem());
        give("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----");
        config = CompletableFuture.failedStage(new ReviewException("away"));
        reader.reread().toCompletableFuture().join();

        assertThat(believes(older)).isTrue();
    }

    @Test
    void filesSayWhatTheConfigMapWould(@TempDir Path directory) throws IOException {
        Path proxyFile = Files.writeString(directory.resolve("front-proxy-ca.crt"), older.pem());
        Path usersFile = Files.writeString(directory.resolve("ca.crt"), newer.pem());

        AuthorityFiles files = new AuthorityFiles(proxyFile, List.of("front-proxy-client"), Optional.of(usersFile));
        ClusterAuthorities authorities =
                ClusterAuthorities.of(files.read().toCompletableFuture().join());

        FrontProxy proxy = Objects.requireNonNull(authorities.frontProxy());
        assertThat(proxy.allowedNames()).containsExactly("front-proxy-client");
        assertThat(proxy.userHeaders()).containsExactly("X-Remote-User");
        assertThat(proxy.extraPrefixes()).containsExactly("X-Remote-Extra-");
        assertThat(authorities.users()).isNotNull();

        Files.delete(proxyFile);
        assertThat(files.read().toCompletableFuture()).isCompletedExceptionally();
    }
}
