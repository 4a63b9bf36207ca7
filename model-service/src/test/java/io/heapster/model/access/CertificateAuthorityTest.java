package io.heapster.model.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateAuthorityTest {
    private final TestAuthority cluster = new TestAuthority("cluster");
    private final TestAuthority other = new TestAuthority("other");
    private final CertificateAuthority authority = CertificateAuthority.of(cluster.pem());

    private static ClientCertificate shown(TestAuthority.Issued issued) {
        return new ClientCertificate(List.of(issued.certificate()));
    }

    @Test
    void itKnowsWhatItSigned() {
        assertThat(authority.signed(shown(cluster.client("alice")))).isTrue();
    }

    @Test
    void anothersCertificateIsNotBelieved() {
        assertThat(authority.signed(shown(other.client("alice")))).isFalse();
    }

    @Test
    void anAuthorityOfTheSameNameIsAnother() {
        assertThat(authority.signed(shown(new TestAuthority("cluster").client("alice"))))
                .isFalse();
    }

    @Test
    void anExpiredCertificateIsNotBelieved() {
        assertThat(authority.signed(shown(cluster.client(TestAuthority.expired(), "alice"))))
                .isFalse();
    }

    @Test
    void aServersCertificateIsNotACallers() {
        assertThat(authority.signed(shown(cluster.server("alice")))).isFalse();
    }

    @Test
    void oneFileMayHoldSeveralAuthorities() {
        CertificateAuthority both = CertificateAuthority.of("while rotating\n" + cluster.pem() + other.pem());

        assertThat(both.signed(shown(cluster.client("alice")))).isTrue();
        assertThat(both.signed(shown(other.client("alice")))).isTrue();
    }

    @Test
    void aTextWithoutCertificatesIsNoAuthority() {
        assertThatThrownBy(() -> CertificateAuthority.of("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> CertificateAuthority.of("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSubjectTellsUserAndGroups() {
        ClientCertificate certificate = shown(cluster.client("alice, \"the\" admin", "ops", "system:masters"));

        assertThat(certificate.commonName()).isEqualTo("alice, \"the\" admin");
        assertThat(certificate.organizations()).containsExactly("ops", "system:masters");
    }
}
