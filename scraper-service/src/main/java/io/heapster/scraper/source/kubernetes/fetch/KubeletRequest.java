package io.heapster.scraper.source.kubernetes.fetch;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What a kubelet is asked for.
 *
 * @param accept the type of document wanted
 * @param body JSON that is posted; null to get
 * @param right what an account must be allowed to do, as {@code verb resource}, for instance {@code get nodes/stats}
 */
public record KubeletRequest(
        String path, String accept, @Nullable Buffer body, String right) {
    private static final String JSON = "application/json";
    private static final String PROMETHEUS = "text/plain;version=0.0.4";

    /** Gets a JSON document of the kubelet's statistics. */
    public static KubeletRequest stats(String path) {
        return new KubeletRequest(path, JSON, null, "get nodes/stats");
    }

    /** Posts a question of the kubelet's statistics. */
    public static KubeletRequest statsOf(String path, String question) {
        return new KubeletRequest(path, JSON, Buffer.buffer(question), "create nodes/stats");
    }

    /** Gets metrics in Prometheus' format. */
    public static KubeletRequest metrics(String path) {
        return new KubeletRequest(path, PROMETHEUS, null, "get nodes/metrics");
    }
}
