package io.heapster.scraper.source.kubernetes.fetch;

import io.heapster.scraper.source.fetch.Endpoint;
import io.heapster.scraper.source.fetch.Peers;
import io.heapster.scraper.source.fetch.Question;
import io.heapster.scraper.source.fetch.RefusedException;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Kubelets know us by a token or a certificate, which may be new on disk by the time they refuse the old one.
 *
 * @param freshened reads the credentials again: whether they are others than before
 */
record KubeletPeers(Supplier<String> tokens, Supplier<Future<Boolean>> freshened, Counter bodiesOverLimit)
        implements Peers {
    @Override
    public String token() {
        return tokens.get();
    }

    /** A container that died while the kubelet looked makes it answer 500. */
    @Override
    public Future<Boolean> mayAskAgain(int status) {
        return switch (status) {
            case 500 -> Future.succeededFuture(true);
            case 401 -> freshened.get();
            default -> Future.succeededFuture(false);
        };
    }

    @Override
    public RefusedException refusal(Endpoint endpoint, Question question, int status, String said, String body) {
        return KubeletFailures.status(endpoint, question, status, said, body);
    }

    @Override
    public String untrusted(Endpoint endpoint, Throwable cause) {
        return KubeletFailures.untrusted(endpoint, cause);
    }

    @Override
    public String bodyLimitOption() {
        return "kubeletBodyLimit";
    }

    @Override
    public void bodyOverLimit() {
        bodiesOverLimit.increment();
    }
}
