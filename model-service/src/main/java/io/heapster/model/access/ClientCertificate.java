package io.heapster.model.access;

import io.vertx.core.http.HttpServerRequest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What a caller showed, whose key they hold. Nobody has verified it yet: a {@link CertificateAuthority} does.
 *
 * @param chain the caller's own first, never empty
 */
record ClientCertificate(List<X509Certificate> chain) {
    /** The one shown on the request's connection, or null. */
    static @Nullable ClientCertificate of(HttpServerRequest request) {
        SSLSession session = request.sslSession();
        if (session == null) {
            return null;
        }
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Certificate certificate : session.getPeerCertificates()) {
                if (certificate instanceof X509Certificate x509) {
                    chain.add(x509);
                }
            }
        } catch (SSLPeerUnverifiedException e) {
            // the API's way to say that none was shown
            return null;
        }
        return chain.isEmpty() ? null : new ClientCertificate(List.copyOf(chain));
    }

    /** The last common name of the subject, or nothing. */
    String commonName() {
        List<String> names = subject("CN");
        return names.isEmpty() ? "" : names.get(names.size() - 1);
    }

    /** The organizations of the subject, which are a Kubernetes user's groups. */
    List<String> organizations() {
        return subject("O");
    }

    private List<String> subject(String type) {
        List<String> values = new ArrayList<>();
        try {
            // the order of the name's list is that of the certificate
            for (Rdn part : new LdapName(chain.get(0).getSubjectX500Principal().getName()).getRdns()) {
                Attribute attribute = part.toAttributes().get(type);
                for (int i = 0; attribute != null && i < attribute.size(); i++) {
                    if (attribute.get(i) instanceof String text) {
                        values.add(text);
                    }
                }
            }
        } catch (InvalidNameException e) {
            return List.of();
        } catch (NamingException e) {
            throw new IllegalStateException(e);
        }
        return values;
    }
}
