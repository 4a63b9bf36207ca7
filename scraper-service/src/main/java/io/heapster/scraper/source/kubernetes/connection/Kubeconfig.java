package io.heapster.scraper.source.kubernetes.connection;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A kubeconfig file and one of its contexts, the current one if null. */
record Kubeconfig(Path file, @Nullable String context) implements CredentialFiles {
    @Override
    public Credentials read() throws IOException {
        Config config = config();
        return new Credentials(
                firstOf(config.getOauthToken(), config.getAutoOAuthToken()),
                pem(config.getCaCertData(), config.getCaCertFile()),
                pem(config.getClientCertData(), config.getClientCertFile()),
                pem(config.getClientKeyData(), config.getClientKeyFile()));
    }

    /** {@code tls-server-name} of the cluster; empty when there is none. */
    String serverName() throws IOException {
        return firstOf(config().getTlsServerName(), null);
    }

    /** What the client library makes of the file. */
    Config config() throws IOException {
        Config config;
        try {
            config = Config.fromKubeconfig(context, file.toFile());
        } catch (RuntimeException e) {
            // the library has exceptions of many kinds for what it cannot read
            throw new IOException("kubeconfig " + file + " cannot be used: " + e.getMessage(), e);
        }
        boolean found = config.getCurrentContext() != null
                && (context == null || context.equals(config.getCurrentContext().getName()));
        if (!found) {
            throw new IOException(
                    "kubeconfig " + file + " has no " + (context == null ? "current context" : "context " + context));
        }
        return config;
    }

    private static String firstOf(@Nullable String one, @Nullable String other) {
        return one != null ? one : other != null ? other : "";
    }

    /** PEM text: given in base64, or plain, or in a file; or empty. */
    private static String pem(@Nullable String data, @Nullable String file) throws IOException {
        if (data != null && !data.isBlank()) {
            return data.contains("-----BEGIN")
                    ? data
                    : new String(Base64.getMimeDecoder().decode(data), StandardCharsets.US_ASCII);
        }
        return file == null || file.isBlank() ? "" : Files.readString(Path.of(file));
    }
}
