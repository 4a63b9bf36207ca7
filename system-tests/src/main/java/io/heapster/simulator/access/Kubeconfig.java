package io.heapster.simulator.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * How a client gets into a simulated cluster.
 *
 * @param server the API server's URL
 * @param token bearer token
 * @param authorityPem certificate of the authority that signed the server's certificate; null for plain HTTP
 */
public record Kubeconfig(
        String server, String token, @Nullable String authorityPem) {

    /** The kubeconfig file's text, with one cluster, one user and one context, all named {@code simulated}. */
    public String yaml() {
        String authority = authorityPem == null
                ? ""
                : "    certificate-authority-data: "
                        + Base64.getEncoder().encodeToString(authorityPem.getBytes(StandardCharsets.US_ASCII))
                        + "\n";
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: simulated
                  cluster:
                    server: %s
                %susers:
                - name: simulated
                  user:
                    token: %s
                contexts:
                - name: simulated
                  context:
                    cluster: simulated
                    user: simulated
                current-context: simulated
                """.formatted(server, authority, token);
    }

    /** Writes {@code kubeconfig}, {@code token} and, with TLS, {@code ca.crt} into the directory; returns the kubeconfig. */
    public Path write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("token"), token);
        if (authorityPem != null) {
            Files.writeString(directory.resolve("ca.crt"), authorityPem);
        }
        return Files.writeString(directory.resolve("kubeconfig"), yaml());
    }

    @Override
    public String toString() {
        return "Kubeconfig[" + server + "]";
    }
}
