package io.heapster.sink.cloudlogging;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.googlecloud.GoogleCloudOptions;
import java.net.URLEncoder;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the URI of the sink says.
 *
 * @param cloud the way to Google
 * @param events whether Kubernetes events are written
 * @param samples whether samples are written
 * @param log the log of the samples' entries, as the project names it: percent-encoded
 */
record CloudLoggingOptions(GoogleCloudOptions cloud, boolean events, boolean samples, String log) {
    static final Set<String> NAMES = names();

    private static final Pattern LOG = Pattern.compile("[A-Za-z0-9/_.-]{1,400}");

    static CloudLoggingOptions of(ComponentUri uri) {
        boolean events = uri.booleanOption("events", true);
        boolean samples = uri.booleanOption("samples", false);
        String log = uri.option("log").orElse("kubernetes.io/samples");
        if (!LOG.matcher(log).matches()) {
            throw uri.wrong("log", log, "letters, digits and /_-.");
        }
        return new CloudLoggingOptions(GoogleCloudOptions.of(uri), events, samples, URLEncoder.encode(log, UTF_8));
    }

    private static Set<String> names() {
        Set<String> names = new HashSet<>(GoogleCloudOptions.NAMES);
        names.add("events");
        names.add("samples");
        names.add("log");
        return Set.copyOf(names);
    }
}
