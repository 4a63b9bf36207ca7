package io.heapster.simulator.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heapster.simulator.access.BearerTokens;
import io.heapster.simulator.access.BearerTokens.Verdict;
import io.heapster.simulator.access.Kubeconfig;
import io.heapster.simulator.access.TestAuthority;
import io.heapster.simulator.apiserver.ApiObject;
import io.heapster.simulator.apiserver.ApiServer;
import io.heapster.simulator.apiserver.ObjectApi;
import io.heapster.simulator.apiserver.ResourceKind;
import io.heapster.simulator.http.LocalServer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The recorded one-node cluster, served over TLS with a checked token: the API server's objects and the kubelet of
 * {@code node-1}. The node's recorded address and port become those served here; all else is as recorded.
 */
public final class RecordedCluster implements AutoCloseable {
    private static final String TOKEN = "recorded-heapster-token";
    private static final String RECORDED_ADDRESS = "10.99.0.10";
    private static final String SERVED_ADDRESS = "127.0.0.1";
    private static final Duration BOOKMARK_INTERVAL = Duration.ofSeconds(5);

    /** The name in the kubelet's certificate, as a kubelet's own certificate has it. */
    public static final String NODE = "node-1";

    private final Recording recording;
    private final TestAuthority authority = TestAuthority.create("recorded authority");
    private final BearerTokens tokens = BearerTokens.accepting(TOKEN);
    private final ObjectApi objects = new ObjectApi();
    private final AtomicInteger summaries = new AtomicInteger();
    private final LocalServer kubelet;
    private final ApiServer apiServer;
    private volatile byte[] summary;

    private RecordedCluster(Recording recording) {
        this.recording = recording;
        this.summary = recording.summary(1);
        this.kubelet = LocalServer.start(authority.issueServer(NODE), 0, 1, this::answerKubelet);
        for (ResourceKind kind : ResourceKind.values()) {
            JsonNode list = recording.listTree(kind.plural(), 1);
            for (JsonNode item : list.path("items")) {
                ApiObject object = RecordedObject.of(served(item));
                objects.load(
                        kind,
                        object,
                        item.path("metadata").path("resourceVersion").asLong());
            }
        }
        this.apiServer = ApiServer.start(
                objects,
                Map.of(
                        "/version", text("version"),
                        "/api", text("api"),
                        "/apis", text("apis")),
                tokens,
                BOOKMARK_INTERVAL,
                authority.issueServer("localhost", SERVED_ADDRESS),
                0);
    }

    /** Starts to serve the first round. */
    public static RecordedCluster start(Recording recording) {
        return new RecordedCluster(recording);
    }

    /** From now on serves this round, 1 or 2; watches are sent what differs. */
    public void useRound(int round) {
        for (ResourceKind kind : ResourceKind.values()) {
            List<ApiObject> items = new ArrayList<>();
            for (JsonNode item : recording.listTree(kind.plural(), round).path("items")) {
                items.add(RecordedObject.of(served(item)));
            }
            objects.replaceAll(kind, items);
        }
        summary = recording.summary(round);
    }

    /** The documents served. */
    public Recording recording() {
        return recording;
    }

    /** The authority of both servers. */
    public TestAuthority authority() {
        return authority;
    }

    /** The tokens both servers know. */
    public BearerTokens tokens() {
        return tokens;
    }

    /** The token with full rights. */
    public String token() {
        return TOKEN;
    }

    /** How clients get in. */
    public Kubeconfig kubeconfig() {
        return new Kubeconfig(apiServer.url(), TOKEN, authority.certificatePem());
    }

    /** The API server. */
    public ApiServer apiServer() {
        return apiServer;
    }

    /** The port of the kubelet on 127.0.0.1. */
    public int kubeletPort() {
        return kubelet.port();
    }

    /** Summaries answered so far, all of them complete. */
    public int summaries() {
        return summaries.get();
    }

    @Override
    public void close() {
        apiServer.close();
        kubelet.close();
    }

    private String text(String document) {
        return new String(recording.document(document), StandardCharsets.UTF_8);
    }

    private JsonNode served(JsonNode recorded) {
        JsonNode endpoint = recorded.path("status").path("daemonEndpoints").path("kubeletEndpoint");
        if (!endpoint.isObject()) {
            return recorded;
        }
        JsonNode copy = recorded.deepCopy();
        ((ObjectNode) copy.path("status").path("daemonEndpoints").path("kubeletEndpoint")).put("Port", kubelet.port());
        for (JsonNode address : copy.path("status").path("addresses")) {
            if (address.path("address").asText().equals(RECORDED_ADDRESS)) {
                ((ObjectNode) address).put("address", SERVED_ADDRESS);
            }
        }
        return copy;
    }

    private void answerKubelet(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        Verdict verdict = tokens.judge(request.getHeader("Authorization"));
        if (!request.path().equals("/stats/summary")) {
            refuse(response, 404, "404 page not found\n");
        } else if (verdict == Verdict.FORBIDDEN) {
            refuse(
                    response,
                    403,
                    "Forbidden (user=system:serviceaccount:kube-system:nobody, verb=get, resource=nodes, subresource(s)=[stats])");
        } else if (verdict != Verdict.ALLOWED) {
            refuse(response, 401, "Unauthorized");
        } else {
            summaries.incrementAndGet();
            response.putHeader("Content-Type", "application/json").setChunked(true);
            response.end(Buffer.buffer(summary));
        }
    }

    private static void refuse(HttpServerResponse response, int status, String body) {
        response.setStatusCode(status)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end(body);
    }
}
