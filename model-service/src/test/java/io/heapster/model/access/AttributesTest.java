package io.heapster.model.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributesTest {
    private static Attributes of(String method, String path) {
        return Attributes.of(method, RequestPath.of(path).segments(), false);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /apis/metrics.k8s.io/v1beta1/nodes, list, nodes, '', ''",
        "GET, /apis/metrics.k8s.io/v1beta1/nodes/n1, get, nodes, '', n1",
        "HEAD, /apis/metrics.k8s.io/v1beta1/nodes/n1/, get, nodes, '', n1",
        "GET, /apis/metrics.k8s.io/v1beta1/pods, list, pods, '', ''",
        "GET, /apis/metrics.k8s.io/v1beta1/namespaces/shop/pods, list, pods, shop, ''",
        "GET, /apis/metrics.k8s.io/v1beta1/namespaces/shop/pods/web-1, get, pods, shop, web-1",
        "GET, //apis;a=b/metrics.k8s.io/v1beta1;c/namespaces/shop/pods/web-1;d, get, pods, shop, web-1",
        "GET, /apis/metrics.k8s.io/v1beta1/namespaces/shop, get, namespaces, shop, shop",
        "GET, /apis/metrics.k8s.io/v1beta1/namespaces, list, namespaces, '', ''",
        "DELETE, /apis/metrics.k8s.io/v1beta1/nodes, deletecollection, nodes, '', ''",
        "DELETE, /apis/metrics.k8s.io/v1beta1/nodes/n1, delete, nodes, '', n1",
        "POST, /apis/metrics.k8s.io/v1beta1/nodes, create, nodes, '', ''",
        "PUT, /apis/metrics.k8s.io/v1beta1/nodes/n1, update, nodes, '', n1",
        "PATCH, /apis/metrics.k8s.io/v1beta1/nodes/n1, patch, nodes, '', n1",
    })
    void aPathOfAResourceIsTakenApart(
            String method, String path, String verb, String resource, String namespace, String name) {
        assertThat(of(method, path))
                .isEqualTo(new Attributes(verb, "", "metrics.k8s.io", "v1beta1", resource, "", namespace, name));
    }

    @ParameterizedTest
    @CsvSource({
        "/apis/metrics.k8s.io/v1beta1, /apis/metrics.k8s.io/v1beta1",
        "/apis/metrics.k8s.io/, /apis/metrics.k8s.io",
        "/api/v1/model/nodes/n1, /api/v1/model/nodes/n1",
    })
    void allElseIsAPath(String path, String asked) {
        assertThat(of("GET", path)).isEqualTo(new Attributes("get", asked, "", "", "", "", "", ""));
    }

    @Test
    void aWatchIsNoList() {
        assertThat(Attributes.of(
                                "GET",
                                RequestPath.of("/apis/metrics.k8s.io/v1beta1/nodes")
                                        .segments(),
                                true)
                        .verb())
                .isEqualTo("watch");
    }

    @Test
    void aRefusalNamesTheRuleThatIsMissing() {
        assertThat(of("GET", "/apis/metrics.k8s.io/v1beta1/nodes").refusal("alice"))
                .isEqualTo(
                        "nodes.metrics.k8s.io is forbidden: User \"alice\" cannot list resource \"nodes\" in API group"
                                + " \"metrics.k8s.io\" at the cluster scope; the cure is a ClusterRole with apiGroups"
                                + " [\"metrics.k8s.io\"], resources [\"nodes\"], verbs [\"list\"], bound to the user");
        assertThat(of("GET", "/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods/web")
                        .refusal("alice"))
                .contains(
                        "pods.metrics.k8s.io \"web\" is forbidden", "in the namespace \"shop\"", "Role or ClusterRole");
        assertThat(of("GET", "/apis/metrics.k8s.io").refusal("alice"))
                .contains("cannot get path \"/apis/metrics.k8s.io\"", "nonResourceURLs [\"/apis/metrics.k8s.io\"]");
    }
}
