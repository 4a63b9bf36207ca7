package io.heapster.scraper.source.kubernetes.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.heapster.contract.event.EventRecord;
import io.heapster.scraper.source.EventSource.Receiver;
import io.heapster.scraper.source.kubernetes.events.EventWatch.Limits;
import io.heapster.scraper.source.kubernetes.events.FakeEventApi.Version;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventWatchTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Limits QUICK =
            new Limits(4_096, 1_000, 2_000, Duration.ofMinutes(1), Duration.ofMillis(20), Duration.ofMillis(100));

    private final FakeEventApi api = new FakeEventApi();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Config config = new ConfigBuilder(Config.empty())
            .withMasterUrl(api.url())
            .withOnlyHttpWatches(true)
            .withRequestRetryBackoffLimit(0)
            .build();
    private final KubernetesClient client =
            new KubernetesClientBuilder().withConfig(config).build();
    private final List<EventRecord> taken = new CopyOnWriteArrayList<>();
    private final AtomicReference<Throwable> outcome = new AtomicReference<>();
    private Thread thread = new Thread();

    EventWatchTest() throws IOException {}

    @AfterEach
    void close() throws InterruptedException {
        stop();
        client.close();
        api.close();
    }

    private void follow(long after) {
        follow(after, QUICK, taken::add);
    }

    private void follow(long after, Limits limits, Receiver to) {
        EventWatch watch = new EventWatch(client, "lab", registry, Clock.systemUTC(), limits);
        thread = new Thread(() -> {
            try {
                watch.follow(after, to);
            } catch (IOException | InterruptedException | RuntimeException e) {
                outcome.set(e);
            }
        });
        thread.start();
    }

    private void stop() throws InterruptedException {
        thread.interrupt();
        thread.join(PATIENCE.toMillis());
        assertThat(thread.isAlive()).isFalse();
    }

    private void awaitWatching() {
        await().atMost(PATIENCE).until(() -> api.watching() > 0);
    }

    private List<Version> versions() {
        return taken.stream()
                .map(event -> new Version(event.uid(), event.resourceVersion()))
                .toList();
    }

    private void awaitAll(List<Version> expected) {
        await().atMost(PATIENCE).until(() -> taken.size() >= expected.size());
        assertThat(versions()).containsExactlyElementsOf(expected);
    }

    private double count(String name, String reason) {
        return registry.get(name).tag("reason", reason).counter().count();
    }

    @Test
    void theFirstStartBeginsWithWhatTheClusterStillHoldsInTheOrderItHappened() {
        api.put("b");
        api.put("a");
        api.put("e");
        api.put("d");
        Version again = api.put("b");
        follow(0);
        awaitWatching();
        Version live = api.put("z");
        awaitAll(List.of(new Version("uid-a", 102), new Version("uid-e", 103), new Version("uid-d", 104), again, live));
        assertThat(taken.get(3).count()).isEqualTo(2);
        assertThat(registry.get("heapster.events.lists").counter().count()).isEqualTo(1);
    }

    @Test
    void aKnownVersionIsGoneOnFromWithoutAList() {
        Version first = api.put("a");
        Version second = api.put("b");
        follow(first.resourceVersion());
        awaitWatching();
        Version third = api.put("c");
        awaitAll(List.of(second, third));
        assertThat(registry.get("heapster.events.lists").counter().count()).isZero();
        assertThat(registry.get("heapster.events.last.age").timeGauge().value(java.util.concurrent.TimeUnit.SECONDS))
                .isBetween(0.0, 20.0);
    }

    @Test
    void anEventThatHappensAgainIsHandedOnAgainAndADeletedOneIsNot() {
        follow(0);
        awaitWatching();
        api.put("a");
        api.put("a");
        api.delete("a");
        api.put("b");
        awaitAll(api.written());
        assertThat(taken.get(1).uid()).isEqualTo(taken.get(0).uid());
        assertThat(taken.get(1).count()).isEqualTo(2);
        assertThat(count("heapster.events.skipped", "deleted")).isEqualTo(1);
    }

    @Test
    void brokenWatchesLoseAndDoubleNothing() throws InterruptedException {
        follow(0);
        awaitWatching();
        for (int i = 0; i < 300; i++) {
            api.put("e" + i % 50);
            if (i % 60 == 30) {
                api.breakWatches();
            }
            if (i % 30 == 0) {
                Thread.onSpinWait();
            }
        }
        await().atMost(PATIENCE).until(() -> taken.size() >= 300);
        api.breakWatches();
        api.put("last");
        awaitAll(api.written());
        assertThat(count("heapster.events.watch.restarts", "ended")).isPositive();
        assertThat(registry.get("heapster.events.lists").counter().count()).isEqualTo(1);
    }

    @Test
    void whatHappenedWhileTheVersionWasCompactedAwayIsListedAndHandedOnOnce() {
        api.put("a");
        api.put("b");
        follow(0);
        await().atMost(PATIENCE).until(() -> taken.size() == 2 && api.watching() > 0);
        api.answer(500);
        await().atMost(PATIENCE).until(() -> api.watching() == 0);
        api.put("c");
        api.put("a");
        api.put("d");
        api.compact();
        api.answer(200);
        awaitWatching();
        await().atMost(PATIENCE).until(() -> taken.size() >= 5);
        api.put("e");
        awaitAll(api.written());
        assertThat(count("heapster.events.watch.restarts", "gone")).isPositive();
        assertThat(count("heapster.events.skipped", "known")).isEqualTo(1);
    }

    @Test
    void aVersionFromBeforeTheCompactionIsListedFromToo() {
        Version first = api.put("a");
        api.put("b");
        api.compact();
        follow(first.resourceVersion());
        awaitWatching();
        api.put("c");
        await().atMost(PATIENCE).until(() -> taken.size() >= 2);
        assertThat(versions()).isEqualTo(api.written().subList(1, 3));
    }

    @Test
    void aBookmarkMovesTheWatchOnWhileNothingHappens() {
        Version first = api.put("a");
        follow(first.resourceVersion());
        awaitWatching();
        api.bookmark();
        api.breakWatches();
        await().atMost(PATIENCE).until(() -> api.requests().stream()
                .anyMatch(query -> query.contains("watch=true")
                        && query.contains("resourceVersion=" + (first.resourceVersion() + 1))));
        assertThat(taken).isEmpty();
    }

    @Test
    void aWatchThatLastedAsLongAsAgreedIsFollowedByAnotherWithoutAList() {
        api.put("a");
        Limits brief = new Limits(
                QUICK.jsonBytes(),
                QUICK.listed(),
                QUICK.inbox(),
                Duration.ofSeconds(1),
                QUICK.firstPause(),
                QUICK.longestPause());
        follow(0, brief, taken::add);
        await().atMost(PATIENCE)
                .until(() -> api.requests().stream()
                                .filter(query -> query.contains("watch=true"))
                                .count()
                        >= 3);
        api.put("b");
        awaitAll(api.written());
        assertThat(api.requests())
                .filteredOn(query -> !query.contains("watch=true"))
                .hasSize(1);
    }

    @Test
    void anotherClusterInTheOnesPlaceBeginsAnew() {
        api.put("a");
        follow(0);
        await().atMost(PATIENCE).until(() -> taken.size() == 1);
        api.rebuild();
        Version ofTheOther = api.put("b");
        await().atMost(PATIENCE).until(() -> taken.size() == 2);
        assertThat(versions()).endsWith(ofTheOther);
        assertThat(ofTheOther.resourceVersion()).isLessThan(100);
    }

    @Test
    void anotherClusterIsNoticedBeforeTheFirstEvent() {
        follow(0);
        awaitWatching();
        api.rebuild();
        Version ofTheOther = api.put("b");
        awaitAll(List.of(ofTheOther));
        assertThat(ofTheOther.resourceVersion()).isLessThan(100);
    }

    @Test
    void missingRightsAreSaidOnceWithTheRuleAndTriedAgain() {
        List<String> lines = new CopyOnWriteArrayList<>();
        Logger logger = LogContext.getLogContext().getLogger(EventWatch.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                Object[] parameters = record.getParameters();
                lines.add(parameters == null ? record.getMessage() : String.format(record.getMessage(), parameters));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            api.answer(403);
            api.put("a");
            follow(0);
            await().atMost(PATIENCE).until(() -> count("heapster.events.watch.restarts", "failed") > 3);
            api.answer(200);
            awaitAll(api.written());
        } finally {
            logger.removeHandler(handler);
        }

        assertThat(lines.stream().filter(line -> line.contains("resources [events], verbs [list, watch]")))
                .hasSize(1);
    }

    @Test
    void aReceiverThatIsSlowerThanTheClusterGetsEverythingAllTheSame() {
        Semaphore pace = new Semaphore(0);
        follow(
                0,
                new Limits(4_096, 1_000, 10, Duration.ofMinutes(1), Duration.ofMillis(20), Duration.ofMillis(50)),
                event -> {
                    pace.acquire();
                    taken.add(event);
                });
        awaitWatching();
        for (int i = 0; i < 200; i++) {
            api.put("e" + i);
        }
        await().atMost(PATIENCE).until(() -> api.watching() > 0);
        pace.release(1_000);
        awaitAll(api.written());
        assertThat(count("heapster.events.watch.restarts", "behind")).isPositive();
    }

    @Test
    void whatIsNoEventIsCountedAndPassedOver() {
        follow(0);
        awaitWatching();
        api.putWithoutUid();
        api.put("a", "x".repeat(5_000));
        awaitAll(api.written());
        assertThat(count("heapster.events.skipped", "malformed")).isEqualTo(1);
        assertThat(taken.get(0).isReduced()).isTrue();
        assertThat(registry.get("heapster.events.reduced").counter().count()).isEqualTo(1);
    }

    @Test
    void ofTooManyNewEventsInAListTheOldestAreLeftOutAndCounted() {
        for (int i = 0; i < 20; i++) {
            api.put("e" + i);
        }
        follow(
                0,
                new Limits(4_096, 5, 10, Duration.ofMinutes(1), Duration.ofMillis(20), Duration.ofMillis(50)),
                taken::add);
        awaitAll(api.written().subList(15, 20));
        assertThat(count("heapster.events.skipped", "too_many")).isEqualTo(15);
    }

    @Test
    void aReceiverThatFailsEndsTheFollowing() throws InterruptedException {
        api.put("a");
        follow(0, QUICK, event -> {
            throw new IOException("no");
        });
        thread.join(PATIENCE.toMillis());
        assertThat(outcome.get()).isInstanceOf(IOException.class).hasMessage("no");
    }
}
