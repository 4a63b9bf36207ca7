package io.heapster.model.access;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A caller that believes one authority, and shows a certificate if it has one. Every instance makes its own connections. */
final class TlsClient {
    private static final char[] PASSWORD = "none".toCharArray();

    private final HttpClient client;

    TlsClient(TestAuthority believed, TestAuthority.@Nullable Issued shown) {
        this(believed, shown, HttpClient.Version.HTTP_1_1);
    }

    TlsClient(TestAuthority believed, TestAuthority.@Nullable Issued shown, HttpClient.Version version) {
        client = HttpClient.newBuilder()
                .sslContext(context(believed, shown))
                .version(version)
                .build();
    }

    /** @param headers names and values by turns */
    HttpResponse<String> get(String url, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The certificate the server shows on the connection that is used now. */
    X509Certificate shownBy(String url) {
        try {
            return (X509Certificate) get(url).sslSession().orElseThrow().getPeerCertificates()[0];
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static SSLContext context(TestAuthority believed, TestAuthority.@Nullable Issued shown) {
        try {
            KeyStore anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, null);
            anchors.setCertificateEntry("ca", believed.certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(anchors);
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            if (shown != null) {
                own.setKeyEntry("own", shown.key(), PASSWORD, new X509Certificate[] {shown.certificate()});
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(own, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }
}
