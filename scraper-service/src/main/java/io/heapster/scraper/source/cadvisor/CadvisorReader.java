package io.heapster.scraper.source.cadvisor;

import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Labels;
import io.heapster.scraper.source.ClockSkew;
import io.heapster.scraper.source.NodeInventory;
import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.fetch.Endpoint;
import io.heapster.scraper.source.fetch.Exchanges;
import io.heapster.scraper.source.fetch.Question;
import io.heapster.scraper.source.fetch.RefusedException;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads machines from their cAdvisors, by the version of the API that each was found to serve. */
final class CadvisorReader {
    private static final Logger LOG = Logger.getLogger(CadvisorReader.class);
    /** A machine may get more memory, or be another one under its old name. */
    private static final long CAPACITY_MILLIS = Duration.ofMinutes(10).toMillis();

    private static final Question SUBCONTAINERS = Question.post("/api/v1.3/subcontainers/", "{\"num_stats\":1}");
    private static final Question MACHINE_SPEC = Question.get("/api/v2.1/spec/?type=name");
    private static final Question MACHINE_STATS = Question.get("/api/v2.1/machinestats?count=1");
    private static final Question STATS = Question.get("/api/v2.1/stats/?type=name&recursive=true&count=1");

    private final Exchanges http;
    private final CadvisorMeters meters;
    private final Clock clock;
    /** One for each event loop. */
    private final ThreadLocal<CadvisorDecoder> decoders = ThreadLocal.withInitial(CadvisorDecoder::new);

    CadvisorReader(Exchanges http, CadvisorMeters meters, Clock clock) {
        this.http = http;
        this.meters = meters;
        this.clock = clock;
    }

    /** A machine, and what is known of it from one reading to the next. */
    static final class Machine {
        private final Endpoint endpoint;
        private final Labels labels;
        private volatile @Nullable CadvisorApi api;
        /** Length of the last answer, which the next one resembles. */
        private volatile int lastLength;

        private volatile NodeInventory inventory = NodeInventory.NONE;
        private volatile long inventoryDueMillis;

        Machine(Endpoint endpoint, Labels labels) {
            this.endpoint = endpoint;
            this.labels = labels;
        }

        @Nullable
        CadvisorApi api() {
            return api;
        }

        NodeInventory inventory() {
            return inventory;
        }
    }

    Future<Reading> read(Machine machine, Duration timeout) {
        CadvisorApi known = machine.api;
        CadvisorApi first = known == null ? CadvisorApi.V1_3 : known;
        Deadline deadline = new Deadline(System.nanoTime() + timeout.toNanos());
        return by(first, machine, deadline)
                .recover(failure -> failure instanceof RefusedException refusal && isNotServed(refusal)
                        ? by(first.other(), machine, deadline)
                                .recover(again -> Future.failedFuture(both(refusal, again)))
                        : Future.failedFuture(failure));
    }

    /** Whether cAdvisor says, or a server that is none, that it does not have what was asked for at all. */
    private static boolean isNotServed(RefusedException refusal) {
        return switch (refusal.status()) {
            case 400, 404, 405, 410, 501 -> true;
            // cAdvisor says so with the status of an error of its own
            case 500 ->
                refusal.body().contains("unsupported API version")
                        || refusal.body().contains("unknown request type");
            default -> false;
        };
    }

    private static ScrapeException both(RefusedException refusal, Throwable again) {
        return new ScrapeException(
                refusal.reason(), refusal.getMessage() + "; and in its place: " + again.getMessage(), again);
    }

    private Future<Reading> by(CadvisorApi api, Machine machine, Deadline deadline) {
        Future<Reading> reading =
                switch (api) {
                    case V1_3 -> subcontainers(machine, deadline);
                    case V2_1 -> machineAndContainers(machine, deadline);
                };
        return reading.onSuccess(ignored -> {
            if (machine.api != api) {
                machine.api = api;
                LOG.debugf("%s is read by %s", machine.endpoint, api.text());
            }
            lookAtCapacity(api, machine, deadline);
        });
    }

    private Future<Reading> subcontainers(Machine machine, Deadline deadline) {
        return http.ask(machine.endpoint, SUBCONTAINERS, deadline.left(), machine.lastLength, (bytes, length, skew) -> {
            machine.lastLength = length;
            return withSkew(decoders.get().subcontainers(bytes, length, machine.labels, clock.millis()), skew);
        });
    }

    private Future<Reading> machineAndContainers(Machine machine, Deadline deadline) {
        return http.ask(machine.endpoint, MACHINE_SPEC, deadline.left(), 0, (bytes, length, skew) -> decoders.get()
                        .creation(bytes, length))
                .compose(created -> http.ask(
                        machine.endpoint, MACHINE_STATS, deadline.left(), 0, (bytes, length, skew) -> decoders.get()
                                .machineStats(bytes, length, machine.labels, created, clock.millis())))
                .compose(node -> http.ask(
                        machine.endpoint, STATS, deadline.left(), machine.lastLength, (bytes, length, skew) -> {
                            machine.lastLength = length;
                            return withSkew(decoders.get().stats(bytes, length, node, clock.millis()), skew);
                        }));
    }

    private static Reading withSkew(Reading reading, long skew) {
        if (skew != ClockSkew.UNKNOWN) {
            reading.entities().get(0).samples().set(Metrics.CLOCK_SKEW, skew);
        }
        return reading;
    }

    /** What the machine has, beside the reading: without it the machine's samples are all there, only shares are not. */
    private void lookAtCapacity(CadvisorApi api, Machine machine, Deadline deadline) {
        long now = clock.millis();
        if (now < machine.inventoryDueMillis) {
            return;
        }
        machine.inventoryDueMillis = now + CAPACITY_MILLIS;
        http.ask(
                        machine.endpoint,
                        Question.get("/api/" + api.text() + "/machine"),
                        deadline.left(),
                        0,
                        (bytes, length, skew) -> decoders.get().capacity(bytes, length))
                .onSuccess(inventory -> machine.inventory = inventory)
                .onFailure(e -> {
                    machine.inventoryDueMillis = 0;
                    meters.capacityUnknown();
                    LOG.debugf("capacity is not known: %s", e.getMessage());
                });
    }

    private record Deadline(long nanos) {
        Duration left() {
            return Duration.ofNanos(Math.max(1, nanos - System.nanoTime()));
        }
    }
}
