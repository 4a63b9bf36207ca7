package io.heapster.scraper.source.kubernetes.fetch;

import io.heapster.scraper.source.ScrapeException.Reason;
import io.heapster.scraper.source.fetch.Endpoint;
import io.heapster.scraper.source.fetch.Failures;
import io.heapster.scraper.source.fetch.Question;
import io.heapster.scraper.source.fetch.RefusedException;
import io.netty.handler.ssl.NotSslRecordException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;

/** Says what cures a kubelet's refusals. */
final class KubeletFailures {
    private KubeletFailures() {}

    static RefusedException status(Endpoint kubelet, Question question, int status, String said, String body) {
        return switch (status) {
            case 401 ->
                new RefusedException(
                        Reason.UNAUTHORIZED,
                        status,
                        body,
                        said + "; it does not know our token: give a valid one, and let the kubelet run with"
                                + " --authentication-token-webhook");
            case 403 -> new RefusedException(Reason.FORBIDDEN, status, body, said + "; " + rule(question));
            case 400 ->
                new RefusedException(
                        Reason.HTTP,
                        status,
                        body,
                        kubelet.https() ? said : said + "; if the port speaks TLS, leave out kubeletHttps=false");
            case 404 ->
                new RefusedException(
                        Reason.HTTP, status, body, said + "; the node has no kubelet with " + question.path());
            default -> new RefusedException(Reason.HTTP, status, body, said);
        };
    }

    private static String rule(Question question) {
        String verb = question.body() == null ? "get" : "create";
        String resource = resource(question.path());
        return "grant our account the verb " + verb + " on " + resource
                + " (ClusterRole rule: apiGroups [\"\"], resources [" + resource + "], verbs [" + verb + "])";
    }

    /** The kubelet asks for the right to a subresource of nodes by the path, and for the one to all for any other path. */
    private static String resource(String path) {
        if (isBelow("/stats", path)) {
            return "nodes/stats";
        }
        return isBelow("/metrics", path) ? "nodes/metrics" : "nodes/proxy";
    }

    private static boolean isBelow(String root, String path) {
        return path.startsWith(root)
                && (path.length() == root.length() || "/?".indexOf(path.charAt(root.length())) >= 0);
    }

    static String untrusted(Endpoint kubelet, Throwable cause) {
        if (Failures.find(cause, NotSslRecordException.class) != null) {
            return "the port does not speak TLS: set kubeletHttps=false, or the right kubeletPort";
        }
        if (Failures.find(cause, CertificateExpiredException.class) != null
                || Failures.find(cause, CertificateNotYetValidException.class) != null) {
            return "its certificate is not valid at this time: let the kubelet renew it (rotateCertificates,"
                    + " serverTLSBootstrap), and check both clocks";
        }
        if (Failures.find(cause, CertPathBuilderException.class) != null
                || Failures.find(cause, CertPathValidatorException.class) != null) {
            return "its certificate is signed by nobody we know: set kubeletCA to the PEM file of the signer, or let"
                    + " kubelets get certificates of the cluster (serverTLSBootstrap: true)";
        }
        if (Failures.find(cause, CertificateException.class) != null) {
            return "its certificate is not for " + kubelet.host() + ": set kubeletServerName to the name it carries ('"
                    + "node' stands for each node's name)";
        }
        return Failures.message(cause);
    }
}
