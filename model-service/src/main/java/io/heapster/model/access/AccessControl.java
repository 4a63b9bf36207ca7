package io.heapster.model.access;

import io.fabric8.kubernetes.client.Config;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Request → gate → rule of its path → the API server's word, if it is delegated; and what has to be read again. */
@Singleton
final class AccessControl {
    private static final Logger LOG = Logger.getLogger(AccessControl.class);
    private static final int BEFORE_ALL_OTHERS = 10_000;

    private final AccessSettings settings;
    private final ServerTls serverTls;
    private final TlsConfigurationRegistry tlsRegistry;
    private final Vertx vertx;
    private final MeterRegistry registry;
    private volatile @Nullable ApiServer apiServer;
    private volatile @Nullable AuthorityReader authorities;
    private volatile @Nullable CertificateAuthority modelAuthority;

    AccessControl(
            AccessSettings settings,
            @Identifier(ServerTls.NAME) ServerTls serverTls,
            TlsConfigurationRegistry tlsRegistry,
            Vertx vertx,
            MeterRegistry registry) {
        this.settings = settings;
        this.serverTls = serverTls;
        this.tlsRegistry = tlsRegistry;
        this.vertx = vertx;
        this.registry = registry;
    }

    void guard(@Observes Filters filters) {
        if (!settings.wantsCertificates()) {
            return;
        }
        AccessMetrics metrics = new AccessMetrics(registry);
        AccessGate gate = new AccessGate(
                settings.config().delegatedPaths(),
                settings.isDelegated() ? delegatedRule(metrics) : null,
                settings.config().tlsClientCa().map(this::certificateRule).orElse(null),
                metrics);
        filters.register(gate::handle, BEFORE_ALL_OTHERS);
    }

    private AccessRule delegatedRule(AccessMetrics metrics) {
        AccessConfig config = settings.config();
        ApiServer asked = new ApiServer(vertx, Config.autoConfigure(null), config.deadline(), metrics);
        AuthorityReader reader = new AuthorityReader(config.requestheaderClientCa()
                .map(file -> new AuthorityFiles(
                        file, config.requestheaderAllowedNames().orElse(List.of()), config.clientCa()))
                .map(files -> (AuthorityReader.Source) files::read)
                .orElse(asked::authenticationConfig));
        apiServer = asked;
        authorities = reader;
        reader.reread();
        LOG.infof("the API server decides who may read %s", String.join(", ", config.delegatedPaths()));
        return new DelegatedRule(
                reader,
                new RememberedReviews(
                        asked,
                        config.rememberedAnswers(),
                        Clock.systemUTC(),
                        config.tokenTtl(),
                        config.allowedTtl(),
                        config.deniedTtl()));
    }

    private AccessRule certificateRule(Path file) {
        rereadModelAuthority(file);
        return new CertificateRule(
                () -> modelAuthority,
                Set.copyOf(settings.config().allowedUsers().orElse(List.of())));
    }

    @Scheduled(
            every = "${heapster.model.access.reread:10s}",
            delayed = "${heapster.model.access.reread:10s}",
            identity = "model-access-reread",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void reread() {
        serverTls.reread(vertx, tlsRegistry);
        settings.config().tlsClientCa().ifPresent(this::rereadModelAuthority);
        AuthorityReader reader = authorities;
        if (reader != null) {
            reader.reread();
        }
    }

    private void rereadModelAuthority(Path file) {
        try {
            modelAuthority = CertificateAuthority.of(Files.readString(file));
        } catch (IOException | IllegalArgumentException e) {
            LOG.warnf("keeping the authority of callers read before: %s: %s", file, e.getMessage());
        }
    }

    void close(@Observes ShutdownEvent event) {
        ApiServer asked = apiServer;
        if (asked != null) {
            asked.close();
        }
    }
}
