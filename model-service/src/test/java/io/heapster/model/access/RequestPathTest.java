package io.heapster.model.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {
    private static final RequestPath PARENT = RequestPath.of("/apis/metrics.k8s.io");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/apis/metrics.k8s.io",
                "/apis/metrics.k8s.io/",
                "//apis///metrics.k8s.io/v1beta1",
                "/apis;x=y/metrics.k8s.io;z/v1beta1",
                "/%61pis/metrics%2Ek8s.io/v1beta1",
            })
    void howeverItIsWrittenItIsWithin(String path) {
        assertThat(RequestPath.of(path).isWithin(PARENT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/apis", "/", "/apis/metrics", "/apis/metrics.k8s.io.example", "/x/apis/metrics.k8s.io"})
    void allElseIsNot(String path) {
        assertThat(RequestPath.of(path).isWithin(PARENT)).isFalse();
    }

    @Test
    void anEncodedSlashAndAPlusArePartOfTheirSegment() {
        assertThat(RequestPath.of("/a%2Fb/c+d").segments()).containsExactly("a/b", "c+d");
    }

    @Test
    void halfAnEscapeIsRefused() {
        assertThatThrownBy(() -> RequestPath.of("/a%2")).isInstanceOf(IllegalArgumentException.class);
    }
}
