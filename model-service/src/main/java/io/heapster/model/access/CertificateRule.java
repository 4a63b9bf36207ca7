package io.heapster.model.access;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Heapster's own: a certificate of the right authority, and if users are named, of one of them. */
final class CertificateRule implements AccessRule {
    private final Supplier<@Nullable CertificateAuthority> authority;
    private final Set<String> allowedUsers;

    CertificateRule(Supplier<@Nullable CertificateAuthority> authority, Set<String> allowedUsers) {
        this.authority = authority;
        this.allowedUsers = allowedUsers;
    }

    @Override
    public CompletionStage<Void> admit(HttpServerRequest request, List<String> segments) {
        ClientCertificate certificate = ClientCertificate.of(request);
        CertificateAuthority signer = authority.get();
        if (certificate == null || signer == null || !signer.signed(certificate)) {
            return CompletableFuture.failedStage(Refusal.text(Refusal.UNAUTHENTICATED, "Unauthorized"));
        }
        if (!allowedUsers.isEmpty() && !allowedUsers.contains(certificate.commonName())) {
            return CompletableFuture.failedStage(Refusal.text(Refusal.FORBIDDEN, "Forbidden"));
        }
        return CompletableFuture.completedStage(null);
    }
}
