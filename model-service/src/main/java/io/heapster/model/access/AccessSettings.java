package io.heapster.model.access;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What the settings mean in these surroundings; made at the start, which it stops if they are wrong. */
@Singleton
final class AccessSettings {
    private static final String PREFIX = "heapster.model.access.";
    private static final Path SERVICE_ACCOUNT_TOKEN = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

    private final AccessConfig config;
    private final boolean delegated;

    @Inject
    AccessSettings(AccessConfig config) {
        this(config, isPod(System.getenv()));
    }

    AccessSettings(AccessConfig config, boolean inPod) {
        this.config = config;
        together("tls-cert", config.tlsCert(), "tls-key", config.tlsKey());
        together("tls-key", config.tlsKey(), "tls-cert", config.tlsCert());
        together("tls-client-ca", config.tlsClientCa(), "tls-cert", config.tlsCert());
        together("allowed-users", config.allowedUsers(), "tls-client-ca", config.tlsClientCa());
        String frontProxyCa = "requestheader-client-ca";
        together("client-ca", config.clientCa(), frontProxyCa, config.requestheaderClientCa());
        together(
                "requestheader-allowed-names",
                config.requestheaderAllowedNames(),
                frontProxyCa,
                config.requestheaderClientCa());
        readable("tls-cert", config.tlsCert());
        readable("tls-key", config.tlsKey());
        certificates("tls-client-ca", config.tlsClientCa());
        certificates(frontProxyCa, config.requestheaderClientCa());
        certificates("client-ca", config.clientCa());
        positive("token-ttl", config.tokenTtl());
        positive("allowed-ttl", config.allowedTtl());
        positive("denied-ttl", config.deniedTtl());
        positive("deadline", config.deadline());
        if (config.rememberedAnswers() < 1) {
            throw wrong("remembered-answers", config.rememberedAnswers(), "give a number of 1 or more");
        }
        delegated = switch (config.metricsApi()) {
            case AUTO -> inPod && config.tlsCert().isPresent();
            case DELEGATED -> true;
            case OFF -> false;
        };
    }

    private static boolean isPod(Map<String, String> environment) {
        return !environment.getOrDefault("KUBERNETES_SERVICE_HOST", "").isEmpty()
                && Files.isReadable(SERVICE_ACCOUNT_TOKEN);
    }

    private static void together(String key, Optional<?> given, String other, Optional<?> needed) {
        if (given.isPresent() && needed.isEmpty()) {
            throw wrong(key, given.get(), "give " + PREFIX + other + " too, or leave it out");
        }
    }

    private static void readable(String key, Optional<Path> file) {
        if (file.isPresent() && !Files.isReadable(file.get())) {
            throw wrong(key, file.get(), "give a PEM file that can be read");
        }
    }

    private static void certificates(String key, Optional<Path> file) {
        readable(key, file);
        if (file.isPresent()) {
            try {
                CertificateAuthority.of(Files.readString(file.get()));
            } catch (IOException | IllegalArgumentException e) {
                throw wrong(key, file.get(), "give a PEM file with certificates (" + e.getMessage() + ")");
            }
        }
    }

    private static void positive(String key, Duration value) {
        if (value.toMillis() < 1) {
            throw wrong(key, value, "give a duration such as 10s");
        }
    }

    static ConfigurationException wrong(String key, Object value, String cure) {
        return new ConfigurationException(PREFIX + key + ": '" + value + "' is not accepted, " + cure);
    }

    AccessConfig config() {
        return config;
    }

    /** Whether the API server decides over the delegated paths. */
    boolean isDelegated() {
        return delegated;
    }

    /** Whether callers are asked for certificates. */
    boolean wantsCertificates() {
        return delegated || config.tlsClientCa().isPresent();
    }
}
