package io.heapster.scraper.source.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.scraper.source.Source;
import io.heapster.scraper.source.SourceFactory;
import io.heapster.scraper.source.kubernetes.connection.ApiServerClients;
import io.heapster.scraper.source.kubernetes.connection.ClusterConnection;
import io.heapster.scraper.source.kubernetes.connection.KubernetesOptions;
import io.heapster.scraper.source.kubernetes.discovery.Discovery;
import io.heapster.scraper.source.kubernetes.events.EventWatch;
import io.heapster.scraper.source.kubernetes.fetch.KubeletClient;
import io.heapster.scraper.source.kubernetes.fetch.KubeletTls;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/** Makes the sources {@code kubernetes.summary_api} and {@code kubernetes}. */
@ApplicationScoped
public class KubernetesSourceFactory implements SourceFactory {
    private static final Logger LOG = Logger.getLogger(KubernetesSourceFactory.class);

    private static final String SUMMARY_API = "kubernetes.summary_api";
    private static final String CONTAINERS = "kubernetes";

    private final Vertx vertx;
    private final MeterRegistry registry;
    private final Clock clock;
    private final Map<String, String> environment;

    @Inject
    public KubernetesSourceFactory(Vertx vertx, MeterRegistry registry) {
        this(vertx, registry, Clock.systemUTC(), System.getenv());
    }

    KubernetesSourceFactory(Vertx vertx, MeterRegistry registry, Clock clock, Map<String, String> environment) {
        this.vertx = vertx;
        this.registry = registry;
        this.clock = clock;
        this.environment = environment;
    }

    @Override
    public Set<String> keys() {
        return Set.of(SUMMARY_API, CONTAINERS);
    }

    @Override
    public Set<String> options() {
        return KubernetesOptions.NAMES;
    }

    @Override
    public Source create(ComponentUri uri) {
        KubernetesOptions options = KubernetesOptions.of(uri);
        if (uri.option(KubernetesOptions.API_VERSION).isPresent()) {
            LOG.warnf("option apiVersion of %s has no effect: leave it out", uri.key());
        }
        if (options.kubeletInsecure()) {
            LOG.warnf(
                    "source %s: certificates of kubelets are NOT verified; set kubeletCA instead of insecure",
                    uri.key());
        }
        ClusterConnection connection = ClusterConnection.of(uri, options, environment);
        KubeletTls tls = new KubeletTls(kubeletCa(uri, options, connection), options.kubeletInsecure());
        KubernetesClient client = new KubernetesClientBuilder()
                .withHttpClientFactory(new ApiServerClients(vertx, connection))
                .withConfig(connection.clientConfig())
                .build();
        Discovery discovery = new Discovery(
                client,
                options.clusterName(),
                options.hostIdAnnotation(),
                () -> {
                    var unused = connection.credentials().reread();
                },
                registry,
                clock);
        KubeletClient kubelets = new KubeletClient(
                vertx,
                connection.credentials(),
                tls,
                options.kubeletConcurrency(),
                options.kubeletBodyLimit(),
                registry,
                clock,
                options.clusterName());
        DocumentMeters documents = new DocumentMeters(registry, options.clusterName());
        return new KubernetesSource(
                options,
                discovery,
                new KubeletReader(kubelets, documents, clock),
                uri.key().equals(CONTAINERS) ? KubeletDocument.CONTAINERS : KubeletDocument.SUMMARY,
                documents,
                new EventWatch(client, options.clusterName(), registry, clock));
    }

    private static String kubeletCa(ComponentUri uri, KubernetesOptions options, ClusterConnection connection) {
        if (options.kubeletCa().isEmpty()) {
            return connection.credentials().current().ca();
        }
        Path file = options.kubeletCa().get();
        try {
            String pem = Files.readString(file);
            if (pem.contains("-----BEGIN CERTIFICATE-----")) {
                return pem;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "option kubeletCA of " + uri.key() + ": '" + file + "' cannot be read, give a PEM file", e);
        }
        throw uri.wrong("kubeletCA", file.toString(), "a PEM file with certificates");
    }
}
