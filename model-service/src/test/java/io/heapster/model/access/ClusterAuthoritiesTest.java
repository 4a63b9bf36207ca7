package io.heapster.model.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterAuthoritiesTest {
    private final TestAuthority proxies = new TestAuthority("front-proxy-ca");
    private final TestAuthority users = new TestAuthority("kubernetes");
    private final Map<String, String> data = new HashMap<>(Map.of(
            "requestheader-client-ca-file", proxies.pem(),
            "requestheader-allowed-names", "[\"front-proxy-client\"]",
            "requestheader-username-headers", "[\"X-Remote-User\",\"X-User\"]",
            "requestheader-group-headers", "[\"X-Remote-Group\"]",
            "requestheader-extra-headers-prefix", "[\"X-Remote-Extra-\"]",
            "client-ca-file", users.pem()));
    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("X-Remote-User", "alice");

    private static ClientCertificate shown(TestAuthority.Issued issued) {
        return new ClientCertificate(List.of(issued.certificate()));
    }

    @Test
    void theFrontProxySpeaksForAUser() {
        headers.add("x-remote-group", "ops")
                .add("X-Remote-Group", "dev")
                .add("X-Remote-Extra-Acme.com%2Fproject", "shop")
                .add("X-REMOTE-EXTRA-Scopes", "view")
                .add("x-remote-extra-scopes", "edit")
                .add("X-Remote-Extra-", "nothing");

        Caller caller = ClusterAuthorities.of(data).caller(shown(proxies.client("front-proxy-client")), headers);

        assertThat(caller)
                .isEqualTo(new Caller(
                        "alice",
                        "",
                        List.of("ops", "dev", "system:authenticated"),
                        Map.of("acme.com/project", List.of("shop"), "scopes", List.of("view", "edit"))));
    }

    @Test
    void theUserMayStandInAnyOfTheHeadersNamed() {
        headers.remove("X-Remote-User").add("X-User", "bob");

        assertThat(ClusterAuthorities.of(data).caller(shown(proxies.client("front-proxy-client")), headers))
                .extracting(Caller::name)
                .isEqualTo("bob");
    }

    @Test
    void anotherNameUnderTheProxysAuthorityIsNotTheProxy() {
        assertThat(ClusterAuthorities.of(data).caller(shown(proxies.client("somebody")), headers))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", ""})
    void withoutAllowedNamesAnyNameWillDo(String names) {
        data.put("requestheader-allowed-names", names);

        assertThat(ClusterAuthorities.of(data).caller(shown(proxies.client("somebody")), headers))
                .isNotNull();
    }

    @Test
    void aUsersCertificateProvesOnlyThatUser() {
        assertThat(ClusterAuthorities.of(data).caller(shown(users.client("mallory", "dev")), headers))
                .isEqualTo(new Caller("mallory", "", List.of("dev", "system:authenticated"), Map.of()));
    }

    @Test
    void aUserMayNotSpeakForOthersByTakingTheProxysName() {
        assertThat(ClusterAuthorities.of(data).caller(shown(users.client("front-proxy-client")), headers))
                .extracting(Caller::name)
                .isEqualTo("front-proxy-client");
    }

    @Test
    void theFrontProxyWithoutAUserIsNobody() {
        headers.remove("X-Remote-User");
        ClientCertificate proxy = shown(proxies.client("front-proxy-client"));

        assertThat(ClusterAuthorities.of(data).caller(proxy, headers)).isNull();
        headers.add("X-Remote-User", "");
        assertThat(ClusterAuthorities.of(data).caller(proxy, headers)).isNull();
    }

    @Test
    void expiredAndForeignCertificatesProveNobody() {
        ClusterAuthorities authorities = ClusterAuthorities.of(data);

        assertThat(authorities.caller(shown(proxies.client(TestAuthority.expired(), "front-proxy-client")), headers))
                .isNull();
        assertThat(authorities.caller(shown(new TestAuthority("x").client("front-proxy-client")), headers))
                .isNull();
    }

    @Test
    void aClusterWithoutFrontProxyBelievesNoHeaders() {
        data.remove("requestheader-client-ca-file");

        assertThat(ClusterAuthorities.of(data).frontProxy()).isNull();
        assertThat(ClusterAuthorities.of(Map.of()).users()).isNull();
    }

    @Test
    void aKeyOfTheWrongKindIsNamed() {
        data.put("requestheader-username-headers", "X-Remote-User");
        assertThatThrownBy(() -> ClusterAuthorities.of(data)).hasMessageContaining("requestheader-username-headers");
        data.put("client-ca-file", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----");
        assertThatThrownBy(() -> ClusterAuthorities.of(data)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anonymousIsNotMadeAuthenticated() {
        headers.set("X-Remote-User", "system:anonymous");

        Caller caller = ClusterAuthorities.of(data).caller(shown(proxies.client("front-proxy-client")), headers);

        assertThat(Objects.requireNonNull(caller).groups()).isEmpty();
    }
}
