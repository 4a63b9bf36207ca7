package io.heapster.model.resourcemetrics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapster.model.json.GoTime;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both resource metrics APIs over HTTP. */
@QuarkusTest
@QuarkusTestResource(value = MetricsLogResource.class, restrictToAnnotatedClass = true)
class ResourceMetricsApiTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String KUBERNETES = "/apis/metrics.k8s.io/v1beta1";
    private static final String HEAPSTER = "/apis/metrics/v1alpha1";
    private static final String TIMES =
            "\"timestamp\":\"" + GoTime.format(GoTime.toSecond(MetricsLogResource.NEWER)) + "\",\"window\":\"10m0s\"";
    private static final String HTTPD = "{\"name\":\"httpd\",\"usage\":{\"cpu\":\"15123456n\",\"memory\":\"10Mi\"}}";
    private static final String LOGGER = "{\"name\":\"logger\",\"usage\":{\"cpu\":\"1m\",\"memory\":\"1000000\"}}";
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io,"
            + "application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json";

    @BeforeEach
    void isReady() {
        await().atMost(PATIENCE).until(() -> given().get("/q/health/ready").statusCode() == 200);
    }

    private static RequestSpecification client() {
        return given().urlEncodingEnabled(false).header("User-Agent", "kubectl/v1.32.4");
    }

    private static Response get(String path) {
        return client().get(path);
    }

    /** The body of a success, with the time of the request taken out. */
    private static String body(Response response) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        assertThat(response.contentType()).isEqualTo("application/json");
        return response.asString().replaceAll("\"creationTimestamp\":\\s?\"[^\"]+\"", "\"creationTimestamp\":\"T\"");
    }

    private static String metadata(String namespace, String name, String labels) {
        return "\"metadata\":{\"name\":\"" + name + "\","
                + (namespace.isEmpty() ? "" : "\"namespace\":\"" + namespace + "\",") + "\"creationTimestamp\":\"T\""
                + (labels.isEmpty() ? "" : ",\"labels\":{" + labels + "}") + "}";
    }

    private static String of(String kind) {
        return "{\"kind\":\"" + kind + "\",\"apiVersion\":\"metrics.k8s.io/v1beta1\",";
    }

    private static String list(String kind, String... items) {
        return of(kind + "List") + "\"metadata\":{},\"items\":[" + String.join(",", items) + "]}\n";
    }

    private static final String NODE = metadata("", "node-1", "\"disktype\":\"ssd\",\"zone\":\"lab-a\"") + "," + TIMES
            + ",\"usage\":{\"cpu\":\"2\",\"memory\":\"64Mi\"}}";
    private static final String WEB = metadata("shop", "web-1", "\"app\":\"web\",\"tier\":\"front\"") + "," + TIMES
            + ",\"containers\":[" + HTTPD + "," + LOGGER + "]}";

    private static String podOf(String namespace, String name, String labels) {
        return metadata(namespace, name, labels) + "," + TIMES + ",\"containers\":[{\"name\":\""
                + name.replace("-0", "") + "\",\"usage\":{\"cpu\":\"15123456n\",\"memory\":\"1Mi\"}}]}";
    }

    @Test
    void nodesAreListedAndGot() {
        assertThat(body(get(KUBERNETES + "/nodes"))).isEqualTo(list("NodeMetrics", "{" + NODE));
        assertThat(body(get(KUBERNETES + "/nodes/"))).isEqualTo(list("NodeMetrics", "{" + NODE));
        assertThat(body(get(KUBERNETES + "/nodes/node-1"))).isEqualTo(of("NodeMetrics") + NODE + "\n");
        assertThat(body(get(KUBERNETES + "/nodes?labelSelector=zone%3Dlab-b"))).isEqualTo(list("NodeMetrics"));
        assertThat(body(get(KUBERNETES + "/nodes?labelSelector=zone%20in%20(lab-a,lab-b)")))
                .isEqualTo(list("NodeMetrics", "{" + NODE));
    }

    @Test
    void podsAreListedByNamespaceAndNameWithoutThoseNotYetMeasured() {
        String db = podOf("shop", "db-0", "\"app\":\"db\"");
        String job = podOf("batch", "job", "");
        assertThat(body(get(KUBERNETES + "/pods"))).isEqualTo(list("PodMetrics", "{" + job, "{" + db, "{" + WEB));
        assertThat(body(get(KUBERNETES + "/pods?limit=1&resourceVersion=0")))
                .isEqualTo(list("PodMetrics", "{" + job, "{" + db, "{" + WEB));
        assertThat(body(get(KUBERNETES + "/namespaces/shop/pods"))).isEqualTo(list("PodMetrics", "{" + db, "{" + WEB));
        assertThat(body(get(KUBERNETES + "/namespaces/none/pods"))).isEqualTo(list("PodMetrics"));
        assertThat(body(get(KUBERNETES + "/namespaces/shop/pods/web-1"))).isEqualTo(of("PodMetrics") + WEB + "\n");
    }

    @ParameterizedTest
    @CsvSource({
        "labelSelector=app%3Dweb, web-1",
        "labelSelector=app, db-0 web-1",
        "labelSelector=!app, job",
        "labelSelector=app!%3Dweb, job db-0",
        "labelSelector=tier%20notin%20(front), job db-0",
        "fieldSelector=metadata.name%3Ddb-0, db-0",
        "fieldSelector=metadata.namespace%3Dbatch, job",
        "fieldSelector=metadata.namespace!%3Dbatch&labelSelector=app%3Ddb, db-0",
    })
    void podsAreSelected(String query, String names) {
        assertThat(get(KUBERNETES + "/pods?" + query).jsonPath().getList("items.metadata.name", String.class))
                .containsExactly(names.split(" "));
    }

    @Test
    void kubectlGetsATable() {
        Response table = client().accept(TABLE).get(KUBERNETES + "/namespaces/shop/pods");
        assertThat(body(table))
                .isEqualTo(
                        "{\"kind\":\"Table\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":{},\"columnDefinitions\":["
                                + column("Name", "name", "Name of the resource") + "," + column("cpu", "quantity", "")
                                + ","
                                + column("memory", "quantity", "") + "," + column("Window", "duration", "")
                                + "],\"rows\":["
                                + "{\"cells\":[\"db-0\",\"15123456n\",\"1Mi\",\"10m0s\"],\"object\":"
                                + partial("db-0", "\"app\":\"db\"") + "},"
                                + "{\"cells\":[\"web-1\",\"16123456n\",\"11485760\",\"10m0s\"],\"object\":"
                                + partial("web-1", "\"app\":\"web\",\"tier\":\"front\"") + "}]}\n");
        assertThat(body(client().accept(TABLE).get(KUBERNETES + "/nodes/node-1?includeObject=None")))
                .endsWith("\"rows\":[{\"cells\":[\"node-1\",\"2\",\"64Mi\",\"10m0s\"],\"object\":null}]}\n");
        isStatus(
                client().accept(TABLE).get(KUBERNETES + "/nodes?includeObject=Some"),
                400,
                "BadRequest",
                "Unable to convert to Table as requested: includeObject: Invalid value: \"Some\": must be 'Metadata',"
                        + " 'Object', 'None', or empty");
    }

    private static String column(String name, String format, String description) {
        return "{\"name\":\"" + name + "\",\"type\":\"string\",\"format\":\"" + format + "\",\"description\":\""
                + description + "\",\"priority\":0}";
    }

    private static String partial(String name, String labels) {
        return "{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\"," + metadata("shop", name, labels)
                + "}";
    }

    private static void isStatus(Response response, int code, String reason, String message) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(code);
        assertThat(response.contentType()).isEqualTo("application/json");
        assertThat(response.jsonPath().getString("kind")).isEqualTo("Status");
        assertThat(response.jsonPath().getString("apiVersion")).isEqualTo("v1");
        assertThat(response.jsonPath().getString("status")).isEqualTo("Failure");
        assertThat(response.jsonPath().getString("reason")).isEqualTo(reason);
        assertThat(response.jsonPath().getString("message")).isEqualTo(message);
        assertThat(response.jsonPath().getInt("code")).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/nodes/none | 404 | NotFound | node \"none\" not found",
                "/nodes/host-node-1 | 404 | NotFound | node \"host-node-1\" not found",
                "/namespaces/shop/pods/none | 404 | NotFound | pods \"none\" not found",
                "/namespaces/none/pods/web-1 | 404 | NotFound | pods \"web-1\" not found",
                "/namespaces/shop/pods/new | 404 | NotFound | pods.metrics.k8s.io \"shop/new\" not found",
                "/services | 404 | NotFound | the server could not find the requested resource",
                "/namespaces/shop/services | 404 | NotFound | the server could not find the requested resource",
                "/pods?watch=true | 405 | MethodNotAllowed | watch is not supported on resources of kind"
                        + " \"pods.metrics.k8s.io\"",
                "/nodes?watch=1 | 405 | MethodNotAllowed | watch is not supported on resources of kind"
                        + " \"nodes.metrics.k8s.io\"",
                "/pods?labelSelector=%3D%3D | 400 | BadRequest | found '==', expected: !, identifier, or 'end of string'",
                "/pods?fieldSelector=bogus%3D1 | 400 | BadRequest | \"bogus\" is not a known field selector: only"
                        + " \"metadata.name\", \"metadata.namespace\"",
            })
    void refusalsAreStatusObjects(String path, int code, String reason, String message) {
        isStatus(get(KUBERNETES + path), code, reason, message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nodes", "/nodes/node-1", "/pods", "/namespaces/shop/pods", "/namespaces/shop/pods/web-1", ""})
    void protobufIsNotOfferedAndJsonIsTheAlternative(String path) {
        for (String accept : new String[] {"application/vnd.kubernetes.protobuf", "text/html"}) {
            isStatus(
                    client().accept(accept).get(KUBERNETES + path),
                    406,
                    "NotAcceptable",
                    "only the following media types are accepted: application/json");
        }
        body(client().accept("application/vnd.kubernetes.protobuf, */*").get(KUBERNETES + path));
        body(client().accept("application/vnd.kubernetes.protobuf,application/json")
                .get(KUBERNETES + path));
    }

    @Test
    void nothingCanBeChanged() {
        String pod = KUBERNETES + "/namespaces/shop/pods/web-1";
        String message = "the server does not allow this method on the requested resource";
        isStatus(client().delete(pod), 405, "MethodNotAllowed", message);
        isStatus(client().post(KUBERNETES + "/nodes"), 405, "MethodNotAllowed", message);
        isStatus(client().put(pod), 405, "MethodNotAllowed", message);
        isStatus(client().patch(pod), 405, "MethodNotAllowed", message);
    }

    @Test
    void peopleGetIndentedAnswers() {
        assertThat(given().header("User-Agent", "curl/7.88.1")
                        .get(KUBERNETES + "/nodes")
                        .asString())
                .startsWith("{\n  \"kind\": \"NodeMetricsList\",\n");
        assertThat(get(KUBERNETES + "/nodes?pretty=true").asString()).startsWith("{\n  \"kind\"");
        assertThat(given().header("User-Agent", "curl/7.88.1")
                        .get(KUBERNETES + "/nodes?pretty=false")
                        .asString())
                .startsWith("{\"kind\"");
    }

    @Test
    void discoveryTellsWhatThereIs() {
        assertThat(body(get(KUBERNETES)))
                .isEqualTo(
                        "{\"kind\":\"APIResourceList\",\"apiVersion\":\"v1\",\"groupVersion\":"
                                + "\"metrics.k8s.io/v1beta1\",\"resources\":[{\"name\":\"nodes\",\"singularName\":\"\","
                                + "\"namespaced\":false,\"kind\":\"NodeMetrics\",\"verbs\":[\"get\",\"list\"]},{\"name\":\"pods\","
                                + "\"singularName\":\"\",\"namespaced\":true,\"kind\":\"PodMetrics\",\"verbs\":[\"get\",\"list\"]}]}\n");
        String group = "\"name\":\"metrics.k8s.io\",\"versions\":[{\"groupVersion\":\"metrics.k8s.io/v1beta1\","
                + "\"version\":\"v1beta1\"}],\"preferredVersion\":{\"groupVersion\":\"metrics.k8s.io/v1beta1\","
                + "\"version\":\"v1beta1\"}}";
        assertThat(body(get("/apis/metrics.k8s.io")))
                .isEqualTo("{\"kind\":\"APIGroup\",\"apiVersion\":\"v1\"," + group + "\n");
        assertThat(body(get("/apis")))
                .isEqualTo("{\"kind\":\"APIGroupList\",\"apiVersion\":\"v1\",\"groups\":[{" + group + "]}\n");
    }

    @Test
    void newerApiServersGetDiscoveryInOneDocument() {
        String v2 = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
        String v2beta1 = v2.replace("v=v2", "v=v2beta1");
        Response answer = client().accept(v2 + "," + v2beta1).get("/apis");
        assertThat(answer.contentType()).isEqualTo(v2);
        assertThat(answer.asString())
                .isEqualTo(
                        "{\"kind\":\"APIGroupDiscoveryList\",\"apiVersion\":\"apidiscovery.k8s.io/v2\",\"metadata\":{},"
                                + "\"items\":[{\"metadata\":{\"name\":\"metrics.k8s.io\"},\"versions\":[{\"version\":\"v1beta1\","
                                + "\"resources\":[{\"resource\":\"nodes\",\"responseKind\":{\"group\":\"\",\"version\":\"\",\"kind\":"
                                + "\"NodeMetrics\"},\"scope\":\"Cluster\",\"singularResource\":\"\",\"verbs\":[\"get\",\"list\"]},"
                                + "{\"resource\":\"pods\",\"responseKind\":{\"group\":\"\",\"version\":\"\",\"kind\":\"PodMetrics\"},"
                                + "\"scope\":\"Namespaced\",\"singularResource\":\"\",\"verbs\":[\"get\",\"list\"]}],\"freshness\":"
                                + "\"Current\"}]}]}\n");
        assertThat(client().accept(v2beta1).get("/apis").contentType()).isEqualTo(v2beta1);
        assertThat(body(client().accept(v2 + ",application/json").get("/apis/metrics.k8s.io")))
                .contains("\"APIGroup\"");
        isStatus(
                client().accept("text/html").get("/apis"),
                406,
                "NotAcceptable",
                "only the following media types are accepted: application/json");
    }

    private static String heapster(String... lines) {
        return String.join("\n", lines)
                .replace("TIMES", TIMES.replace(":\"2", ": \"2").replace(",\"window\":", ",\n    \"window\": "));
    }

    @Test
    void heapstersListsAreIndentedAsItDid() {
        assertThat(body(get(HEAPSTER + "/nodes?labelSelector=disktype%3Dssd")))
                .isEqualTo(heapster(
                        "{",
                        "  \"metadata\": {},",
                        "  \"items\": [",
                        "   {",
                        "    \"metadata\": {",
                        "     \"name\": \"node-1\",",
                        "     \"creationTimestamp\":\"T\"",
                        "    },",
                        "    TIMES,",
                        "    \"usage\": {",
                        "     \"cpu\": \"2\",",
                        "     \"memory\": \"64Mi\"",
                        "    }",
                        "   }",
                        "  ]",
                        " }"));
        assertThat(body(get(HEAPSTER + "/namespaces/none/pods")))
                .isEqualTo("{\n  \"metadata\": {},\n  \"items\": null\n }");
        assertThat(body(client().accept("application/vnd.kubernetes.protobuf, */*")
                                .get(HEAPSTER + "/namespaces/shop/pods?labelSelector=app%3Dweb"))
                        .replaceAll("\\s", ""))
                .isEqualTo("{\"metadata\":{},\"items\":[{" + metadata("shop", "web-1", "") + "," + TIMES
                        + ",\"containers\":[{\"name\":\"httpd\",\"usage\":{\"cpu\":\"15m\",\"memory\":\"10Mi\"}},"
                        + LOGGER
                        + "]}]}");
        assertThat(get(HEAPSTER + "/pods").jsonPath().getList("items.metadata.name", String.class))
                .containsExactly("job", "db-0", "web-1");
        assertThat(body(get(HEAPSTER + "/nodes/node-1"))).startsWith("{\n  \"metadata\": {\n   \"name\": \"node-1\"");
        assertThat(body(get(HEAPSTER + "/namespaces/shop/pods/db-0"))).contains("\"cpu\": \"15m\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/nodes/none | 404 | No metrics for node none",
                "/namespaces/shop/pods/new | 404 | No metrics availalble for pod shop/new",
                "/namespaces/shop/pods/none | 500 | Error while getting pod none: pod \"none\" not found",
                "/pods?labelSelector=%3D%3D | 400 | Error while parsing selector ==: found '==', expected: !, identifier,"
                        + " or 'end of string'",
            })
    void heapstersErrorsAreText(String path, int code, String text) {
        Response answer = get(HEAPSTER + path);
        assertThat(answer.statusCode()).isEqualTo(code);
        assertThat(answer.contentType()).startsWith("text/plain");
        assertThat(answer.asString()).isEqualTo(text);
    }
}
