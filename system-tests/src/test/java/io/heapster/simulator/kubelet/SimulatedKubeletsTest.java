package io.heapster.simulator.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heapster.simulator.Simulator;
import io.heapster.simulator.Simulator.Listening;
import io.heapster.simulator.access.KubeletClient;
import io.heapster.simulator.access.KubeletClient.Answer;
import io.heapster.simulator.access.TestAuthority;
import io.heapster.simulator.cluster.ClusterShape;
import io.heapster.simulator.cluster.Fault;
import io.heapster.simulator.cluster.SimulatedNode;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SimulatedKubeletsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Simulator simulator = Simulator.start(ClusterShape.of(3, 5), Listening.withTls());
    private final KubeletClient client = client(simulator.authority(), Listening.KUBELET_NAME, simulator.token());
    private final SimulatedNode node = simulator.cluster().nodes().get(1);

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void everyNodeAnswersOnItsOwnAddressOfOnePort() throws IOException {
        for (SimulatedNode each : simulator.cluster().nodes()) {
            Answer answer = client.get(url(each));
            JsonNode summary = MAPPER.readTree(answer.text());

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.contentType()).isEqualTo("application/json");
            assertThat(answer.length()).as("a kubelet does not know the length").isNull();
            assertThat(summary.at("/node/nodeName").asText()).isEqualTo(each.name());
            assertThat(summary.path("pods")).hasSize(5);
            assertThat(simulator.kubelets().requests(each.name())).isEqualTo(1);
        }
        assertThat(simulator.kubelets().requests()).isEqualTo(3);
    }

    @Test
    void refusesTokensAsAKubeletDoes() throws IOException {
        simulator.tokens().forbid("poor");

        Answer none =
                client(simulator.authority(), Listening.KUBELET_NAME, null).get(url(node));
        Answer wrong =
                client(simulator.authority(), Listening.KUBELET_NAME, "wrong").get(url(node));
        Answer poor =
                client(simulator.authority(), Listening.KUBELET_NAME, "poor").get(url(node));

        assertThat(none).hasToString("401 Unauthorized");
        assertThat(wrong).hasToString("401 Unauthorized");
        assertThat(poor.status()).isEqualTo(403);
        assertThat(poor.text()).startsWith("Forbidden (user=").contains("subresource(s)=[stats]");
    }

    @Test
    void anotherAuthorityOrAnotherNameIsNotTrusted() {
        KubeletClient otherAuthority = client(TestAuthority.create("other"), Listening.KUBELET_NAME, simulator.token());
        KubeletClient otherName = client(simulator.authority(), node.name(), simulator.token());

        assertThatThrownBy(() -> otherAuthority.get(url(node))).isInstanceOf(SSLHandshakeException.class);
        assertThatThrownBy(() -> otherName.get(url(node))).isInstanceOf(IOException.class);
    }

    @Test
    void aHangingNodeNeverAnswersAndTheOthersDo() throws IOException {
        simulator.cluster().setFault(node.name(), new Fault.Hang());

        assertThatThrownBy(() -> client.get(url(node))).isInstanceOf(SocketTimeoutException.class);
        assertThat(simulator.kubelets().requests(node.name())).isEqualTo(1);
        assertThat(client.get(url(simulator.cluster().nodes().get(0))).status()).isEqualTo(200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(simulator.kubelets().hanging()).isZero());

        simulator.cluster().heal(node.name());
        assertThat(client.get(url(node)).status()).isEqualTo(200);
    }

    @Test
    void aSlowNodeAnswersLater() throws IOException {
        simulator.cluster().setFault(node.name(), new Fault.Slow(Duration.ofMillis(300)));
        long before = System.nanoTime();

        assertThat(client.get(url(node)).status()).isEqualTo(200);
        assertThat(System.nanoTime() - before).isGreaterThan(250_000_000L);
    }

    @Test
    void aTruncatedDocumentArrivesCompleteAsHttpAndBrokenAsJson() throws IOException {
        simulator.cluster().setFault(node.name(), new Fault.Truncated());

        Answer answer = client.get(url(node));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).startsWith("{\n \"node\": {");
        assertThatThrownBy(() -> MAPPER.readTree(answer.text())).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void garbageIsNoJsonAtAll() throws IOException {
        simulator.cluster().setFault(node.name(), new Fault.Garbage());

        Answer answer = client.get(url(node));

        assertThat(answer.status()).isEqualTo(200);
        assertThatThrownBy(() -> MAPPER.readTree(answer.text())).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void statusesComeAsOrdered() throws IOException {
        for (int status : new int[] {401, 403, 500, 503}) {
            simulator.cluster().setFault(node.name(), new Fault.Status(status));

            assertThat(client.get(url(node)).status()).isEqualTo(status);
        }
    }

    @Test
    void aResettingNodeClosesTheConnection() {
        simulator.cluster().setFault(node.name(), new Fault.Reset());

        assertThatThrownBy(() -> client.get(url(node))).isInstanceOfAny(SocketException.class, SSLException.class);
    }

    @Test
    void speaksPlainHttpWhenAskedTo() throws IOException {
        try (Simulator plain = Simulator.start(ClusterShape.of(1, 1), Listening.plain())) {
            String url = "http://" + plain.cluster().nodes().get(0).address() + ":"
                    + plain.kubelets().port() + "/stats/summary";

            assertThat(client(plain.authority(), "", plain.token()).get(url).status())
                    .isEqualTo(200);
            assertThat(client(plain.authority(), "", null).get(url).status())
                    .as("without a token, as a read-only port")
                    .isEqualTo(200);
        }
    }

    @Test
    void anAddressWithoutNodeHasNoSummary() throws IOException {
        String url = "https://127.0.0.1:" + simulator.kubelets().port();

        assertThat(client.get(url + "/stats/summary").status()).isEqualTo(404);
        assertThat(client.get(url + "/healthz")).hasToString("200 ok");
    }

    private String url(SimulatedNode of) {
        return "https://" + of.address() + ":" + simulator.kubelets().port() + "/stats/summary";
    }

    private static KubeletClient client(TestAuthority authority, String name, @Nullable String token) {
        return new KubeletClient(authority, name, token);
    }
}
