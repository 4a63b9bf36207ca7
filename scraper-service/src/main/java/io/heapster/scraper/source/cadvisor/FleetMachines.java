package io.heapster.scraper.source.cadvisor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.ScrapeException.Reason;
import io.heapster.scraper.source.fetch.Endpoint;
import io.heapster.scraper.source.fetch.Exchanges;
import io.heapster.scraper.source.fetch.Question;
import io.heapster.scraper.source.fetch.RefusedException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * The machines of a fleet cluster: from fleet's own API, or where an endpoint is no fleet but an etcd from the registry that
 * fleet keeps there. Any endpoint that answers will do.
 */
final class FleetMachines implements HostList {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final String FLEET = "/fleet/v1/machines";
    private static final String ETCD = "/v2/keys/_coreos.com/fleet/machines?recursive=true";
    private static final int MOST_PAGES = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Exchanges http;
    private final List<Endpoint> endpoints;

    FleetMachines(Exchanges http, List<Endpoint> endpoints) {
        this.http = http;
        this.endpoints = new ArrayList<>(endpoints);
    }

    @Override
    public Hosts look() throws IOException, InterruptedException {
        List<String> failures = new ArrayList<>();
        for (Endpoint endpoint : List.copyOf(endpoints)) {
            try {
                Hosts found = of(endpoint);
                // The next look begins with the one that answers.
                endpoints.remove(endpoint);
                endpoints.add(0, endpoint);
                return found;
            } catch (ScrapeException e) {
                failures.add(e.getMessage());
            }
        }
        throw new IOException(String.join("; ", failures));
    }

    private Hosts of(Endpoint endpoint) throws ScrapeException, InterruptedException {
        try {
            return ofFleet(endpoint);
        } catch (RefusedException noFleet) {
            if (noFleet.status() != 404) {
                throw noFleet;
            }
        }
        try {
            return ofEtcd(endpoint, get(endpoint, ETCD));
        } catch (RefusedException e) {
            throw e.status() == 404
                    ? new ScrapeException(
                            Reason.HTTP,
                            endpoint + " is neither fleet's API nor an etcd that fleet has registered machines in",
                            e)
                    : e;
        }
    }

    private Hosts ofFleet(Endpoint endpoint) throws ScrapeException, InterruptedException {
        Hosts.Builder hosts = new Hosts.Builder();
        String page = "";
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            JsonNode answer = get(
                    endpoint,
                    page.isEmpty()
                            ? FLEET
                            : FLEET + "?nextPageToken=" + URLEncoder.encode(page, StandardCharsets.UTF_8));
            if (!answer.isObject()) {
                throw new ScrapeException(Reason.DECODE, endpoint + " answers with no list of machines", null);
            }
            for (JsonNode machine : answer.path("machines")) {
                hosts.add(machine.path("id").asText(), machine.path("primaryIP").asText());
            }
            page = answer.path("nextPageToken").asText();
            if (page.isEmpty()) {
                return hosts.build();
            }
        }
        throw new ScrapeException(Reason.TOO_LARGE, endpoint + " has more than " + MOST_PAGES + " pages", null);
    }

    /** Each machine is a directory whose key {@code object} holds a JSON document as text. */
    private static Hosts ofEtcd(Endpoint endpoint, JsonNode answer) throws ScrapeException {
        if (!answer.path("node").isObject()) {
            throw new ScrapeException(Reason.DECODE, endpoint + " answers with no directory of machines", null);
        }
        Hosts.Builder hosts = new Hosts.Builder();
        for (JsonNode machine : answer.path("node").path("nodes")) {
            for (JsonNode entry : machine.path("nodes")) {
                if (entry.path("key").asText().endsWith("/object")) {
                    try {
                        JsonNode object = JSON.readTree(entry.path("value").asText());
                        hosts.add(
                                object.path("ID").asText(),
                                object.path("PublicIP").asText());
                    } catch (IOException e) {
                        hosts.reject(entry.path("key").asText() + " is no JSON document");
                    }
                }
            }
        }
        return hosts.build();
    }

    private JsonNode get(Endpoint endpoint, String path) throws ScrapeException, InterruptedException {
        try {
            return http.ask(endpoint, Question.get(path), TIMEOUT, 0, (bytes, length, skew) -> parse(bytes, length))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ScrapeException known) {
                throw known;
            }
            throw new ScrapeException(Reason.INTERNAL, endpoint + ": " + e.getCause(), e);
        }
    }

    private static JsonNode parse(byte[] bytes, int length) throws ScrapeException {
        try {
            return JSON.readTree(bytes, 0, length);
        } catch (IOException e) {
            throw new ScrapeException(Reason.DECODE, "the answer is no JSON document", e);
        }
    }
}
