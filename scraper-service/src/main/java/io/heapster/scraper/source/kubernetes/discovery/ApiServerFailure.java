package io.heapster.scraper.source.kubernetes.discovery;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.heapster.scraper.source.ScrapeException.Reason;
import java.net.ConnectException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * What kept us from objects of the API server.
 *
 * @param message in one line, with the cure where there is one
 */
record ApiServerFailure(Reason reason, String message) {
    private static final int MAX_TEXT = 300;

    /** @param resource in the plural, such as {@code pods} */
    static ApiServerFailure of(String resource, Throwable failure) {
        // the library gives a negative one where there was no answer
        int status = failure instanceof KubernetesClientException answered ? Math.max(0, answered.getCode()) : 0;
        String said = "the API server on " + resource + ": " + oneLine(String.valueOf(failure.getMessage()));
        return switch (status) {
            case 401 ->
                new ApiServerFailure(
                        Reason.UNAUTHORIZED, said + "; it does not know our token or certificate: give a valid one");
            case 403 ->
                new ApiServerFailure(
                        Reason.FORBIDDEN,
                        said
                                + "; grant our account to list and watch them (ClusterRole rule: apiGroups [\"\"],"
                                + " resources ["
                                + resource + "], verbs [get, list, watch])");
            case 0 -> ofConnection(said, failure);
            default -> new ApiServerFailure(Reason.HTTP, said);
        };
    }

    private static ApiServerFailure ofConnection(String said, Throwable failure) {
        if (has(failure, CertificateExpiredException.class) || has(failure, CertificateNotYetValidException.class)) {
            return new ApiServerFailure(
                    Reason.TLS, said + "; its certificate is not valid at this time: renew it, and check both clocks");
        }
        if (has(failure, CertPathBuilderException.class) || has(failure, CertPathValidatorException.class)) {
            return new ApiServerFailure(
                    Reason.TLS,
                    said + "; its certificate is signed by nobody we know: give a kubeconfig with its CA as auth=FILE");
        }
        if (has(failure, CertificateException.class)) {
            return new ApiServerFailure(
                    Reason.TLS,
                    said + "; its certificate is for another name: set apiServerName to the name it carries");
        }
        if (has(failure, SSLException.class)) {
            return new ApiServerFailure(Reason.TLS, said);
        }
        if (has(failure, TimeoutException.class)) {
            return new ApiServerFailure(Reason.TIMEOUT, said);
        }
        return new ApiServerFailure(has(failure, ConnectException.class) ? Reason.CONNECT : Reason.INTERNAL, said);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return true;
            }
        }
        return false;
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "…";
    }
}
