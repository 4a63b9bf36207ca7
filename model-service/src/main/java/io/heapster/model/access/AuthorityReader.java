package io.heapster.model.access;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Holds the cluster's authorities as last read; what cannot be read leaves them as they were. */
final class AuthorityReader {
    /** The data of the config map {@code extension-apiserver-authentication}, or what stands for it. */
    @FunctionalInterface
    interface Source {
        CompletionStage<Map<String, String>> read();
    }

    private static final Logger LOG = Logger.getLogger(AuthorityReader.class);

    private final Source source;
    private volatile @Nullable ClusterAuthorities current;
    private volatile Map<String, String> read = Map.of();
    private volatile String whyUnknown = "they are being read";

    AuthorityReader(Source source) {
        this.source = source;
    }

    /** Null until they could be read for the first time. */
    @Nullable
    ClusterAuthorities current() {
        return current;
    }

    /** What went wrong at the last reading. */
    String whyUnknown() {
        return whyUnknown;
    }

    /** Ends well in any case. */
    CompletionStage<Void> reread() {
        return source.read().thenAccept(this::take).exceptionally(failure -> {
            keep(failure.getCause() == null ? failure : failure.getCause());
            return null;
        });
    }

    private void take(Map<String, String> data) {
        if (current == null || !data.equals(read)) {
            current = ClusterAuthorities.of(data);
            read = Map.copyOf(data);
            whyUnknown = "";
            LOG.info("read who signs the client certificates of the cluster's front proxy and users");
        }
    }

    private void keep(Throwable failure) {
        String why = String.valueOf(failure.getMessage());
        if (!why.equals(whyUnknown)) {
            LOG.warnf(
                    "cannot read who signs the client certificates of the cluster's front proxy and users%s: %s",
                    current == null ? "" : ", keeping what was read before", why);
            whyUnknown = why;
        }
    }
}
