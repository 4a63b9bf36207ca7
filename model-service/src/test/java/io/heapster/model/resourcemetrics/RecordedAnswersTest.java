package io.heapster.model.resourcemetrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapster.contract.sample.SampleBatch;
import io.heapster.model.json.JsonWriter;
import io.heapster.model.json.Layout;
import io.heapster.model.resourcemetrics.selector.BadSelectorException;
import io.heapster.model.resourcemetrics.selector.FieldSelector;
import io.heapster.model.resourcemetrics.selector.LabelSelector;
import io.heapster.model.resourcemetrics.selector.LabelText;
import io.heapster.model.store.AdjustableClock;
import io.heapster.model.store.ClusterChoice;
import io.heapster.model.store.CountedRejections;
import io.heapster.model.store.SampleStore;
import io.heapster.model.store.StoreLimits;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the samples of a recorded cluster the answers that a real metrics-server gave of it, to the byte. */
class RecordedAnswersTest {
    private static final LabelText COMMAS = new LabelText(",", 2048);
    private static final Pattern CREATION = Pattern.compile("\"creationTimestamp\": \"([^\"]+)\"");

    private final AdjustableClock clock =
            new AdjustableClock(Instant.parse("2026-11-21T08:46:05Z").toEpochMilli());
    private final SampleStore store = new SampleStore(
            new StoreLimits(Duration.ofMinutes(15), Duration.ofMinutes(2), 1000, 32, 2048),
            clock,
            new CountedRejections());
    private final ServedCluster cluster =
            new ServedCluster(new ClusterChoice(store, Optional.empty()), () -> true, clock);

    @BeforeEach
    void fill() throws IOException {
        for (SampleBatch batch : RecordedCluster.batches()) {
            store.put(batch);
        }
    }

    /** Writes an answer in a form. */
    @FunctionalInterface
    private interface Answer {
        void write(CurrentUsage usage, Form form);
    }

    private static Form objects(ObjectJson parts) {
        return new ObjectForm(parts);
    }

    private static Form table(ObjectJson parts) {
        return new TableForm(parts, "meta.k8s.io/v1", IncludeObject.METADATA);
    }

    private void isAsRecorded(String file, ResourceQuery.FormChoice form, Answer answer) throws IOException {
        String recorded = RecordedCluster.text(file);
        Matcher creation = CREATION.matcher(recorded);
        String time = creation.find() ? Objects.requireNonNull(creation.group(1)) : "";
        assertThat(text(
                        Layout.INDENTED,
                        json -> answer.write(cluster.now(), form.of(new ObjectJson(json, COMMAS, time)))))
                .isEqualTo(recorded);
    }

    private static String text(Layout layout, Consumer<JsonWriter> document) {
        return new String(JsonWriter.bytes(layout, document), UTF_8);
    }

    private static Selection all() {
        return selection(null);
    }

    private static Selection selection(@Nullable String labelSelector) {
        return new Selection(LabelSelector.parse(labelSelector), FieldSelector.EVERYTHING, COMMAS);
    }

    private static void pods(Selection selection, List<String> namespaces, CurrentUsage usage, Form form) {
        selection.writePods(usage, namespaces, Completeness.OF_REPORTED_CONTAINERS, form);
    }

    @Test
    void nodes() throws IOException {
        isAsRecorded("nodes.json", RecordedAnswersTest::objects, all()::writeNodes);
        isAsRecorded("nodes.table.json", RecordedAnswersTest::table, all()::writeNodes);
        isAsRecorded(
                "node.json",
                RecordedAnswersTest::objects,
                (usage, form) -> form.single(
                        Objects.requireNonNull(usage.ofNode(Objects.requireNonNull(usage.node("node-1"))))));
    }

    @Test
    void pods() throws IOException {
        Answer ofAllNamespaces = (usage, form) -> pods(all(), usage.namespaces(), usage, form);
        isAsRecorded("pods.json", RecordedAnswersTest::objects, ofAllNamespaces);
        isAsRecorded("pods.table.json", RecordedAnswersTest::table, ofAllNamespaces);
        isAsRecorded(
                "pods.namespace.json",
                RecordedAnswersTest::objects,
                (usage, form) -> pods(all(), List.of("shop"), usage, form));
        isAsRecorded(
                "pods.namespace-missing.json",
                RecordedAnswersTest::objects,
                (usage, form) -> pods(all(), List.of("none"), usage, form));
        isAsRecorded(
                "pods.labelSelector.json",
                RecordedAnswersTest::objects,
                (usage, form) -> pods(selection("app=web"), usage.namespaces(), usage, form));
        isAsRecorded(
                "pod.json",
                RecordedAnswersTest::objects,
                (usage, form) -> form.single(Objects.requireNonNull(usage.ofPod(
                        "shop",
                        Objects.requireNonNull(usage.pod("shop", "caller")),
                        Completeness.OF_REPORTED_CONTAINERS))));
    }

    @Test
    void discovery() throws IOException {
        assertThat(text(Layout.INDENTED, Discovery::singleGroup))
                .isEqualTo(RecordedCluster.text("discovery.group.json"));
        assertThat(text(Layout.INDENTED, Discovery::resources))
                .isEqualTo(RecordedCluster.text("discovery.resources.json"));
    }

    @Test
    void refusals() throws IOException {
        isRefusedAsRecorded("node-missing.404.json", StatusException.notFound(Kind.NODES, "none"));
        isRefusedAsRecorded("pod-missing.404.json", StatusException.notFound(Kind.PODS, "none"));
        isRefusedAsRecorded("no-such-resource.404.json", StatusException.noSuchResource());
        isRefusedAsRecorded("pods.watch.405.json", StatusException.watchNotSupported(Kind.PODS));
        isRefusedAsRecorded("pods.labelSelector-bad.400.json", badRequest(() -> LabelSelector.parse("==")));
        isRefusedAsRecorded("pods.fieldSelector-bad.400.json", badRequest(() -> FieldSelector.parse("bogus=1")));
    }

    private static StatusException badRequest(Runnable parsing) {
        try {
            parsing.run();
            throw new AssertionError("was understood");
        } catch (BadSelectorException e) {
            return StatusException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static void isRefusedAsRecorded(String file, StatusException refusal) throws IOException {
        assertThat(text(Layout.INDENTED, refusal::write)).isEqualTo(RecordedCluster.text(file));
    }

    @Test
    void heapstersFormHasNoKindNoLabelsAndMillicores() throws IOException {
        String written = text(Layout.HEAPSTER, json -> {
            Form form = new HeapsterForm(new ObjectJson(json, COMMAS, "2026-11-21T08:46:05Z"));
            selection("app=memhog").writePods(cluster.now(), List.of("batch"), Completeness.OF_ALL_CONTAINERS, form);
        });
        assertThat(written).isEqualTo(RecordedCluster.text("heapster-pods.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"app=none", "app=memhog"})
    void heapstersEmptyListIsNull(String selector) {
        String written = text(Layout.COMPACT, json -> {
            Form form = new HeapsterForm(new ObjectJson(json, COMMAS, ""));
            selection(selector).writePods(cluster.now(), List.of("shop"), Completeness.OF_ALL_CONTAINERS, form);
        });
        assertThat(written).isEqualTo("{\"metadata\":{},\"items\":null}\n");
    }

    @Test
    void rowsCarryWhatIsAskedFor() {
        for (IncludeObject include : List.of(IncludeObject.OBJECT, IncludeObject.NONE)) {
            String written = text(Layout.COMPACT, json -> {
                Form form = new TableForm(new ObjectJson(json, COMMAS, "now"), "meta.k8s.io/v1beta1", include);
                selection("app=memhog")
                        .writePods(cluster.now(), List.of("batch"), Completeness.OF_REPORTED_CONTAINERS, form);
            });
            String object = include == IncludeObject.NONE
                    ? "null"
                    : "{\"kind\":\"PodMetrics\",\"apiVersion\":\"metrics.k8s.io/v1beta1\",\"metadata\":{\"name\":\"memhog\","
                            + "\"namespace\":\"batch\",\"creationTimestamp\":\"now\",\"labels\":{\"app\":\"memhog\","
                            + "\"kind\":\"guaranteed\"}},\"timestamp\":\"2026-11-21T08:45:58Z\",\"window\":\"14.156s\","
                            + "\"containers\":[{\"name\":\"hog\",\"usage\":{\"cpu\":\"160670822n\",\"memory\":\"41480Ki\"}}]}";
            assertThat(written)
                    .startsWith("{\"kind\":\"Table\",\"apiVersion\":\"meta.k8s.io/v1beta1\"")
                    .endsWith("\"rows\":[{\"cells\":[\"memhog\",\"160670822n\",\"41480Ki\",\"14.156s\"],\"object\":"
                            + object + "}]}\n");
        }
        assertThatThrownBy(() -> IncludeObject.parse("all"))
                .hasMessage("Unable to convert to Table as requested: includeObject: Invalid value: \"all\": must be"
                        + " 'Metadata', 'Object', 'None', or empty");
    }
}
