package io.heapster.scraper.source.kubernetes.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.heapster.scraper.source.ScrapeException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class ApiServerFailureTest {
    private static ApiServerFailure refused(int status) {
        return ApiServerFailure.of(
                "pods",
                new KubernetesClientException(
                        "no\n way", status, new StatusBuilder().withCode(status).build()));
    }

    private static ApiServerFailure caused(Throwable cause) {
        return ApiServerFailure.of("pods", new KubernetesClientException("list", cause));
    }

    @Test
    void aMissingRightIsNamedAsARule() {
        assertThat(refused(403).reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(refused(403).message())
                .contains("resources [pods], verbs [get, list, watch]")
                .doesNotContain("\n");
    }

    @Test
    void refusalsAreToldApart() {
        assertThat(refused(401).reason()).isEqualTo(Reason.UNAUTHORIZED);
        assertThat(refused(401).message()).contains("token");
        assertThat(refused(500).reason()).isEqualTo(Reason.HTTP);
        assertThat(refused(410).reason()).isEqualTo(Reason.HTTP);
    }

    @Test
    void brokenConnectionsAreToldApart() {
        assertThat(caused(new ConnectException("refused")).reason()).isEqualTo(Reason.CONNECT);
        assertThat(caused(new IOException(new TimeoutException())).reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(caused(new SSLHandshakeException("x")).reason()).isEqualTo(Reason.TLS);
        assertThat(caused(new IllegalStateException("x")).reason()).isEqualTo(Reason.INTERNAL);
    }

    @Test
    void aCertificateSaysWhatIsWrongWithIt() {
        assertThat(caused(tls(new CertificateExpiredException())).message()).contains("not valid at this time");
        assertThat(caused(tls(new CertPathValidatorException())).message()).contains("signed by nobody we know");
        assertThat(caused(tls(new CertificateException())).message()).contains("another name");
    }

    private static IOException tls(Exception cause) {
        SSLHandshakeException handshake = new SSLHandshakeException("handshake");
        handshake.initCause(cause);
        return new IOException(handshake);
    }
}
