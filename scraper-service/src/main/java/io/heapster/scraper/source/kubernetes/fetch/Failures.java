package io.heapster.scraper.source.kubernetes.fetch;

import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.ScrapeException.Reason;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says of what went wrong which class it is of, and what cures it. */
final class Failures {
    private static final int MAX_TEXT = 200;

    private Failures() {}

    static ScrapeException timeout(KubeletEndpoint kubelet, long millis, String phase) {
        return new ScrapeException(
                Reason.TIMEOUT, kubelet + " gave no answer within " + millis + " ms (" + phase + ")", null);
    }

    static ScrapeException tooLarge(KubeletEndpoint kubelet, int limit) {
        return new ScrapeException(
                Reason.TOO_LARGE, kubelet + " answers with more than " + limit + " bytes (kubeletBodyLimit)", null);
    }

    /** Of an answer with another status than 200. */
    static RefusedException status(KubeletEndpoint kubelet, KubeletRequest question, int status, String body) {
        String said = kubelet + " answers " + status + (body.isBlank() ? "" : " " + oneLine(body));
        return switch (status) {
            case 401 ->
                new RefusedException(
                        Reason.UNAUTHORIZED,
                        status,
                        said + "; it does not know our token: give a valid one, and let the kubelet run with"
                                + " --authentication-token-webhook");
            case 403 -> new RefusedException(Reason.FORBIDDEN, status, said + "; " + rule(question.right()));
            case 400 ->
                new RefusedException(
                        Reason.HTTP,
                        status,
                        kubelet.https() ? said : said + "; if the port speaks TLS, leave out kubeletHttps=false");
            case 404 ->
                new RefusedException(Reason.HTTP, status, said + "; the node has no kubelet with " + question.path());
            default -> new RefusedException(Reason.HTTP, status, said);
        };
    }

    private static String rule(String right) {
        int space = right.indexOf(' ');
        String verb = right.substring(0, space);
        String resource = right.substring(space + 1);
        return "grant our account the verb " + verb + " on " + resource
                + " (ClusterRole rule: apiGroups [\"\"], resources [" + resource + "], verbs [" + verb + "])";
    }

    /** Of a connection that was not made, or broke. */
    static ScrapeException connection(KubeletEndpoint kubelet, Throwable cause) {
        if (find(cause, TimeoutException.class) != null || find(cause, ConnectTimeoutException.class) != null) {
            return new ScrapeException(Reason.TIMEOUT, kubelet + " cannot be connected to in time", cause);
        }
        if (find(cause, NotSslRecordException.class) != null) {
            return tls(kubelet, "the port does not speak TLS: set kubeletHttps=false, or the right kubeletPort", cause);
        }
        if (find(cause, CertificateExpiredException.class) != null
                || find(cause, CertificateNotYetValidException.class) != null) {
            return tls(
                    kubelet,
                    "its certificate is not valid at this time: let the kubelet renew it (rotateCertificates,"
                            + " serverTLSBootstrap), and check both clocks",
                    cause);
        }
        if (find(cause, CertPathBuilderException.class) != null
                || find(cause, CertPathValidatorException.class) != null) {
            return tls(
                    kubelet,
                    "its certificate is signed by nobody we know: set kubeletCA to the PEM file of the signer, or let"
                            + " kubelets get certificates of the cluster (serverTLSBootstrap: true)",
                    cause);
        }
        if (find(cause, CertificateException.class) != null) {
            return tls(
                    kubelet,
                    "its certificate is not for " + kubelet.host() + ": set kubeletServerName to the name it carries ('"
                            + "node' stands for each node's name)",
                    cause);
        }
        if (find(cause, SSLException.class) != null) {
            return tls(kubelet, oneLine(String.valueOf(cause.getMessage())), cause);
        }
        return new ScrapeException(
                Reason.CONNECT, kubelet + " cannot be read: " + oneLine(String.valueOf(cause.getMessage())), cause);
    }

    private static ScrapeException tls(KubeletEndpoint kubelet, String why, Throwable cause) {
        return new ScrapeException(Reason.TLS, kubelet + ": " + why, cause);
    }

    private static <X extends Throwable> @Nullable X find(Throwable cause, Class<X> type) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "…";
    }
}
