package io.heapster.model.access;

import io.vertx.core.MultiMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The API server's aggregation layer, which tells in headers for whom it asks. The headers count only beside a
 * certificate that its own authority signed: anybody can write headers.
 *
 * @param allowedNames common names of the certificate; empty for any
 */
record FrontProxy(
        CertificateAuthority authority,
        Set<String> allowedNames,
        List<String> userHeaders,
        List<String> uidHeaders,
        List<String> groupHeaders,
        List<String> extraPrefixes) {

    /** The user asked for, or null if the certificate is not the proxy's or no user is named. */
    @Nullable
    Caller caller(ClientCertificate certificate, MultiMap headers) {
        if (!authority.signed(certificate)
                || !(allowedNames.isEmpty() || allowedNames.contains(certificate.commonName()))) {
            return null;
        }
        String name = first(headers, userHeaders);
        return name.isEmpty()
                ? null
                : Caller.authenticated(name, first(headers, uidHeaders), groups(headers), extra(headers));
    }

    private static String first(MultiMap headers, List<String> names) {
        for (String name : names) {
            String value = headers.get(name);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    private List<String> groups(MultiMap headers) {
        List<String> groups = new ArrayList<>();
        groupHeaders.forEach(name -> groups.addAll(headers.getAll(name)));
        return groups;
    }

    private Map<String, List<String>> extra(MultiMap headers) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(headers.names());
        Map<String, List<String>> extra = new LinkedHashMap<>();
        for (String prefix : extraPrefixes) {
            for (String name : names) {
                if (name.length() > prefix.length() && name.regionMatches(true, 0, prefix, 0, prefix.length())) {
                    String key = name.substring(prefix.length()).toLowerCase(Locale.ROOT);
                    extra.put(unescaped(key), List.copyOf(headers.getAll(name)));
                }
            }
        }
        return extra;
    }

    /** The key as it was before it had to fit into the name of a header; as it stands if that cannot be undone. */
    private static String unescaped(String key) {
        try {
            return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return key;
        }
    }
}
