package io.heapster.model.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessSettingsTest {
    private static final boolean IN_A_POD = true;
    private static final boolean ELSEWHERE = false;

    private final Map<String, String> given = new HashMap<>();

    @TempDir
    Path directory;

    private String file = "";

    @BeforeEach
    void writeAFile() throws IOException {
        file = Files.writeString(directory.resolve("ca.pem"), new TestAuthority("ca").pem())
                .toString();
    }

    private void set(String key, String value) {
        given.put("heapster.model.access." + key, value);
    }

    private AccessSettings settings(boolean inPod) {
        AccessConfig config = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 100, new DurationConverter())
                .withMapping(AccessConfig.class)
                .withSources(new PropertiesConfigSource(given, "test", 100))
                .build()
                .getConfigMapping(AccessConfig.class);
        return new AccessSettings(config, inPod);
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> settings(ELSEWHERE))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    @Test
    void nothingGivenMeansThatAnybodyMayAsk() {
        assertThat(settings(IN_A_POD).isDelegated()).isFalse();
        assertThat(settings(IN_A_POD).wantsCertificates()).isFalse();
    }

    @Test
    void aPodThatServesTlsAsksTheApiServer() {
        set("tls-cert", file);
        set("tls-key", file);

        assertThat(settings(IN_A_POD).isDelegated()).isTrue();
        assertThat(settings(ELSEWHERE).isDelegated()).isFalse();
    }

    @Test
    void bothCanBeSaid() {
        set("metrics-api", "delegated");
        assertThat(settings(ELSEWHERE).isDelegated()).isTrue();

        set("metrics-api", "off");
        set("tls-cert", file);
        set("tls-key", file);
        assertThat(settings(IN_A_POD).isDelegated()).isFalse();
        assertThat(settings(IN_A_POD).wantsCertificates()).isFalse();
    }

    @Test
    void anAuthorityOfCallersMeansThatTheyAreAskedForCertificates() {
        set("tls-cert", file);
        set("tls-key", file);
        set("tls-client-ca", file);

        assertThat(settings(ELSEWHERE).wantsCertificates()).isTrue();
    }

    @Test
    void aCertificateNeedsItsKey() {
        set("tls-cert", file);

        assertRefused("heapster.model.access.tls-cert: '" + file
                + "' is not accepted, give heapster.model.access.tls-key too, or leave it out");
    }

    @Test
    void aKeyNeedsItsCertificate() {
        set("tls-key", file);

        assertRefused("heapster.model.access.tls-key: '" + file
                + "' is not accepted, give heapster.model.access.tls-cert too, or leave it out");
    }

    @Test
    void callersCannotShowCertificatesWithoutTls() {
        set("tls-client-ca", file);

        assertRefused("heapster.model.access.tls-client-ca: '" + file
                + "' is not accepted, give heapster.model.access.tls-cert too, or leave it out");
    }

    @Test
    void namedUsersWouldProtectNothingWithoutAnAuthority() {
        set("allowed-users", "alice,bob");

        assertRefused("heapster.model.access.allowed-users: '[alice, bob]' is not accepted, give"
                + " heapster.model.access.tls-client-ca too, or leave it out");
    }

    @Test
    void anAuthorityMustBeOne() throws IOException {
        String empty = Files.writeString(directory.resolve("empty"), "").toString();
        set("requestheader-client-ca", empty);
        assertRefused("heapster.model.access.requestheader-client-ca: '" + empty
                + "' is not accepted, give a PEM file with certificates (there is no certificate in it)");

        set("requestheader-client-ca", "/nowhere");
        assertRefused("heapster.model.access.requestheader-client-ca: '/nowhere' is not accepted, give a PEM file that"
                + " can be read");
    }

    @Test
    void timesAndLimitsMustBePositive() {
        set("deadline", "0s");
        assertRefused("heapster.model.access.deadline: 'PT0S' is not accepted, give a duration such as 10s");

        set("deadline", "1s");
        set("remembered-answers", "0");
        assertRefused("heapster.model.access.remembered-answers: '0' is not accepted, give a number of 1 or more");
    }
}
