package io.heapster.scraper.source.kubernetes;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Which document one kubelet is asked for: the one that is wanted, or what it was found to serve in its place. */
final class ServedDocument {
    /** A kubelet is replaced without a trace in its node now and then; a right may be granted at any time. */
    private static final long REMEMBERED_MILLIS = Duration.ofMinutes(30).toMillis();

    private final KubeletDocument wanted;
    private volatile @Nullable Found found;

    private record Found(KubeletDocument document, String incarnation, long untilMillis) {}

    ServedDocument(KubeletDocument wanted) {
        this.wanted = wanted;
    }

    /** The document to ask for first. */
    KubeletDocument at(String incarnation, long nowMillis) {
        Found known = found;
        return known != null && known.incarnation().equals(incarnation) && nowMillis < known.untilMillis()
                ? known.document()
                : wanted;
    }

    /** What was asked for last with success, or is wanted. */
    KubeletDocument last() {
        Found known = found;
        return known == null ? wanted : known.document();
    }

    /** The kubelet has served the document. */
    void served(KubeletDocument document, String incarnation, long nowMillis) {
        Found known = found;
        if (document == wanted) {
            found = null;
        } else if (known == null
                || known.document() != document
                || !known.incarnation().equals(incarnation)
                || nowMillis >= known.untilMillis()) {
            found = new Found(document, incarnation, nowMillis + REMEMBERED_MILLIS);
        }
    }

    /** The kubelet serves what it was known to serve no more: the next time it is asked for what is wanted. */
    void forget() {
        found = null;
    }
}
