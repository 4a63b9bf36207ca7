package io.heapster.scraper.source.kubernetes.discovery;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.heapster.scraper.source.NodeInventory.Workload;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What made a pod, as far as the pod itself tells: its controller, and where that one's name says so what made the
 * controller. No other object is asked for, so no further right is needed.
 */
final class PodOwner {
    private static final String TEMPLATE_HASH = "pod-template-hash";
    private static final long MINUTE = 60;
    /** A pod is made at its job's time, or later when it is made anew. */
    private static final long LATEST_MINUTES = 7 * 24 * 60;

    private PodOwner() {}

    static Workload workload(ObjectMeta pod) {
        for (OwnerReference owner : pod.getOwnerReferences()) {
            if (Boolean.TRUE.equals(owner.getController())) {
                return of(pod, text(owner.getKind()), text(owner.getName()));
            }
        }
        return Workload.NONE;
    }

    private static Workload of(ObjectMeta pod, String kind, String name) {
        if (kind.equals("ReplicaSet")) {
            Map<String, String> labels = pod.getLabels();
            String hash = labels == null ? "" : text(labels.get(TEMPLATE_HASH));
            if (!hash.isEmpty() && name.length() > hash.length() + 1 && name.endsWith("-" + hash)) {
                return workload("Deployment", name.substring(0, name.length() - hash.length() - 1));
            }
        }
        if (kind.equals("Job")) {
            int dash = name.lastIndexOf('-');
            if (dash > 0 && isTimeOf(pod, name.substring(dash + 1))) {
                return workload("CronJob", name.substring(0, dash));
            }
        }
        return workload(kind, name);
    }

    /** Whether a job's suffix is what a cron job writes: the minute, in old clusters the second, that it was due at. */
    private static boolean isTimeOf(ObjectMeta pod, String suffix) {
        boolean minutes = suffix.length() == 8;
        if (!(minutes || suffix.length() == 10) || !suffix.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        long made = made(pod);
        long due = Long.parseLong(suffix) / (minutes ? 1 : MINUTE);
        return made >= due - 1 && made - due <= LATEST_MINUTES;
    }

    /** Minutes since 1970, or −1. */
    private static long made(ObjectMeta pod) {
        try {
            return pod.getCreationTimestamp() == null
                    ? -1
                    : Instant.parse(pod.getCreationTimestamp()).getEpochSecond() / MINUTE;
        } catch (DateTimeException e) {
            return -1; // an API server writes no such time
        }
    }

    private static Workload workload(String kind, String name) {
        return new Workload(kind.intern(), name.intern());
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
