package io.heapster.scraper.source.kubernetes.fetch;

import io.heapster.scraper.source.kubernetes.connection.Credentials;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SSLOptions;

/**
 * What we ask of a kubelet's certificate, and the one we show.
 *
 * @param ca PEM of its signers; empty for those the Java runtime knows
 * @param insecure whether anything is accepted
 */
public record KubeletTls(String ca, boolean insecure) {
    void applyTo(HttpClientOptions options, Credentials credentials) {
        options.setTrustAll(insecure).setVerifyHost(!insecure);
        if (!insecure && !ca.isEmpty()) {
            options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(ca)));
        }
        if (!credentials.clientCertificate().isEmpty()) {
            options.setKeyCertOptions(keyOf(credentials));
        }
    }

    /** The same as options that replace those of a running client. */
    SSLOptions with(Credentials credentials) {
        HttpClientOptions options = new HttpClientOptions();
        applyTo(options, credentials);
        return options.getSslOptions() == null ? new SSLOptions() : options.getSslOptions();
    }

    private static PemKeyCertOptions keyOf(Credentials credentials) {
        return new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(credentials.clientCertificate()))
                .addKeyValue(Buffer.buffer(credentials.clientKey()));
    }
}
