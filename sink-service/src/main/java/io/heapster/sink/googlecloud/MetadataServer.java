package io.heapster.sink.googlecloud;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** What a machine or pod on Google Cloud can ask about itself. Elsewhere there is no such server, and no answers. */
final class MetadataServer {
    static final String PROJECT = "project/project-id";
    static final String CLUSTER_NAME = "instance/attributes/cluster-name";
    static final String CLUSTER_LOCATION = "instance/attributes/cluster-location";

    private static final int PATIENCE_MILLIS = 2_000;
    private static final int LONGEST_ANSWER = 1_000;

    private final String host;

    MetadataServer(Map<String, String> environment) {
        this.host = environment.getOrDefault("GCE_METADATA_HOST", "metadata.google.internal");
    }

    Optional<String> read(String path) {
        try {
            URI uri = URI.create("http://" + host + "/computeMetadata/v1/" + path);
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            connection.setRequestProperty("Metadata-Flavor", "Google");
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                return Optional.empty();
            }
            try (InputStream body = connection.getInputStream()) {
                String answer = new String(body.readNBytes(LONGEST_ANSWER), UTF_8).trim();
                return answer.isEmpty() ? Optional.empty() : Optional.of(answer);
            }
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
