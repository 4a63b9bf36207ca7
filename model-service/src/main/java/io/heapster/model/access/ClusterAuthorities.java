package io.heapster.model.access;

import io.vertx.core.MultiMap;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose client certificates say who a user of the cluster is.
 *
 * @param frontProxy who speaks for others, or null
 * @param users who signs the certificates that users themselves hold, or null
 */
record ClusterAuthorities(
        @Nullable FrontProxy frontProxy, @Nullable CertificateAuthority users) {
    private static final String FRONT_PROXY_CA = "requestheader-client-ca-file";
    private static final String USERS_CA = "client-ca-file";

    /**
     * Reads the data of the config map {@code extension-apiserver-authentication}.
     *
     * @throws IllegalArgumentException if a key holds something else than it should; the message names it
     */
    static ClusterAuthorities of(Map<String, String> data) {
        CertificateAuthority proxyAuthority = authority(data, FRONT_PROXY_CA);
        FrontProxy frontProxy = null;
        if (proxyAuthority != null) {
            frontProxy = new FrontProxy(
                    proxyAuthority,
                    Set.copyOf(texts(data, "requestheader-allowed-names")),
                    texts(data, "requestheader-username-headers"),
                    texts(data, "requestheader-uid-headers"),
                    texts(data, "requestheader-group-headers"),
                    texts(data, "requestheader-extra-headers-prefix"));
        }
        return new ClusterAuthorities(frontProxy, authority(data, USERS_CA));
    }

    private static @Nullable CertificateAuthority authority(Map<String, String> data, String key) {
        String pem = data.getOrDefault(key, "");
        if (pem.isBlank()) {
            return null;
        }
        try {
            return CertificateAuthority.of(pem);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }

    private static List<String> texts(Map<String, String> data, String key) {
        String json = data.getOrDefault(key, "");
        if (json.isBlank()) {
            return List.of();
        }
        try {
            return new JsonArray(json).stream().map(String::valueOf).toList();
        } catch (DecodeException e) {
            throw new IllegalArgumentException(key + ": '" + json + "' is not a JSON array of strings", e);
        }
    }

    /** The user that certificate and headers prove, or null. */
    @Nullable
    Caller caller(ClientCertificate certificate, MultiMap headers) {
        Caller spokenFor = frontProxy == null ? null : frontProxy.caller(certificate, headers);
        if (spokenFor != null) {
            return spokenFor;
        }
        String name = certificate.commonName();
        return users == null || name.isEmpty() || !users.signed(certificate)
                ? null
                : Caller.authenticated(name, "", certificate.organizations(), Map.of());
    }
}
