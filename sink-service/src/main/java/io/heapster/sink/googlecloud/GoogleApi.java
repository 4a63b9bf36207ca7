package io.heapster.sink.googlecloud;

/**
 * One of Google's services.
 *
 * @param name for people
 * @param host where it is
 * @param scope what a token must be good for
 */
public record GoogleApi(String name, String host, String scope) {
    public static final GoogleApi MONITORING = new GoogleApi(
            "Cloud Monitoring", "monitoring.googleapis.com", "https://www.googleapis.com/auth/monitoring");
    public static final GoogleApi LOGGING =
            new GoogleApi("Cloud Logging", "logging.googleapis.com", "https://www.googleapis.com/auth/logging.write");
}
