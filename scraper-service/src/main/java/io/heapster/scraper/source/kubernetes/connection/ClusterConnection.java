package io.heapster.scraper.source.kubernetes.connection;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.heapster.contract.uri.ComponentUri;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way to the API server.
 *
 * @param apiServer its URL
 * @param insecure whether its certificate is not verified
 * @param serverName the name its certificate has to carry; the URL's host if empty
 * @param credentials whom we are to it and to its kubelets
 * @param basic name and password for it, in place of the credentials' token
 */
public record ClusterConnection(
        String apiServer,
        boolean insecure,
        String serverName,
        FreshCredentials credentials,
        Optional<BasicCredentials> basic) {
    /** Of the oldest Heapster: where the API server is, and {@code user:password} for it. */
    private static final String MASTER = "KUBE_MASTER";

    private static final String MASTER_AUTH = "KUBE_MASTER_AUTH";
    private static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
    private static final int CONNECT_MILLIS = 10_000;
    private static final int REQUEST_MILLIS = 60_000;

    /**
     * Finds the way from options and surroundings, reading local files only.
     *
     * @throws IllegalArgumentException if there is none: one line with what is missing and the cure
     */
    public static ClusterConnection of(ComponentUri uri, KubernetesOptions options, Map<String, String> environment) {
        return of(uri, options, environment, new ServiceAccount(SERVICE_ACCOUNT));
    }

    static ClusterConnection of(
            ComponentUri uri, KubernetesOptions options, Map<String, String> environment, ServiceAccount account) {
        try {
            return find(uri, options, environment, account);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "source " + uri.key() + ": " + e.getMessage() + "; give a readable kubeconfig as auth=FILE or in"
                            + " KUBECONFIG",
                    e);
        }
    }

    private static ClusterConnection find(
            ComponentUri uri, KubernetesOptions options, Map<String, String> environment, ServiceAccount account)
            throws IOException {
        Optional<BasicCredentials> basic = BasicCredentials.of(MASTER_AUTH, environment);
        Optional<String> address = options.address().or(() -> master(environment));
        String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
        if (options.inClusterConfig() && !host.isEmpty() && account.isThere()) {
            String inCluster = "https://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                    + environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
            return connection(basic, address.orElse(inCluster), options.insecure(), options.apiServerName(), account);
        }
        if (options.useServiceAccount() && address.isPresent()) {
            return connection(basic, address.get(), options.insecure(), options.apiServerName(), account);
        }
        Path file = options.auth().orElse(null);
        if (file == null && address.isEmpty()) {
            file = kubeconfigFile(environment);
        }
        if (file != null) {
            Kubeconfig kubeconfig = new Kubeconfig(file, options.context().orElse(null));
            Config config = kubeconfig.config();
            return connection(
                    basic,
                    address.orElse(config.getMasterUrl()),
                    options.insecure() || config.isTrustCerts(),
                    options.apiServerName().isEmpty() ? kubeconfig.serverName() : options.apiServerName(),
                    kubeconfig);
        }
        if (address.isPresent()) {
            return connection(
                    basic, address.get(), options.insecure(), options.apiServerName(), () -> Credentials.NONE);
        }
        throw new IllegalArgumentException("source " + uri.key() + ": no API server is known here; run it in a pod, or"
                + " give " + uri.key() + ":https://HOST, auth=FILE, or KUBECONFIG or KUBE_MASTER in the environment");
    }

    private static ClusterConnection connection(
            Optional<BasicCredentials> basic,
            String apiServer,
            boolean insecure,
            String serverName,
            CredentialFiles files)
            throws IOException {
        return new ClusterConnection(apiServer, insecure, serverName, new FreshCredentials(files), basic);
    }

    private static Optional<String> master(Map<String, String> environment) {
        String master = environment.getOrDefault(MASTER, "").strip();
        if (master.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(master.contains("://") ? master : "https://" + master);
    }

    private static @Nullable Path kubeconfigFile(Map<String, String> environment) {
        String files = environment.getOrDefault("KUBECONFIG", "");
        if (!files.isEmpty()) {
            for (String file : files.split(File.pathSeparator)) {
                if (Files.isReadable(Path.of(file))) {
                    return Path.of(file);
                }
            }
        }
        Path atHome = Path.of(environment.getOrDefault("HOME", ""), ".kube", "config");
        return Files.isReadable(atHome) ? atHome : null;
    }

    /** The client library's view of this connection; the token is asked for at every request, the certificate elsewhere. */
    public Config clientConfig() {
        Credentials now = credentials.current();
        ConfigBuilder config = new ConfigBuilder(Config.empty())
                .withMasterUrl(apiServer)
                .withTrustCerts(insecure)
                .withDisableHostnameVerification(insecure)
                .withConnectionTimeout(CONNECT_MILLIS)
                .withRequestTimeout(REQUEST_MILLIS)
                .withRequestRetryBackoffLimit(0)
                .withOnlyHttpWatches(true)
                .withUserAgent("heapster");
        if (basic.isPresent()) {
            config.withUsername(basic.get().user()).withPassword(basic.get().password());
        } else if (!now.token().isEmpty()) {
            config.withOauthTokenProvider(() -> credentials.current().token());
        }
        if (!now.ca().isEmpty() && !insecure) {
            config.withCaCertData(base64(now.ca()));
        }
        return config.build();
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    }
}
