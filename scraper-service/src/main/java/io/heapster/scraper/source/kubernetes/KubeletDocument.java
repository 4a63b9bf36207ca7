package io.heapster.scraper.source.kubernetes;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The documents of a kubelet that tell of usage, the richest first. */
enum KubeletDocument {
    /** {@code POST /stats/container/}: every control group; gone from kubelets since 1.24. */
    CONTAINERS,
    /** {@code GET /stats/summary}. */
    SUMMARY,
    /** {@code GET /metrics/resource}: processor and memory only, which is all that virtual kubelets have. */
    RESOURCE;

    /** The word in metrics and logs. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * What is asked for in place of this document where it is refused.
     *
     * @param status of the refusal
     * @return null when the refusal does not mean that there is no such document, or there is no other
     */
    @Nullable
    KubeletDocument insteadAfter(int status) {
        return switch (this) {
            case CONTAINERS -> isMissing(status) || status == 403 ? SUMMARY : null;
            case SUMMARY -> status == 403 || status == 404 ? RESOURCE : null;
            case RESOURCE -> null;
        };
    }

    private static boolean isMissing(int status) {
        return status == 404 || status == 405 || status == 410 || status == 501;
    }
}
