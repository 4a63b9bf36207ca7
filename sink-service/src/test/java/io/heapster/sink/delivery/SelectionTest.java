package io.heapster.sink.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.metric.MetricType;
import io.heapster.contract.metric.ValueType;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.ResourceSamples;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.sample.Samples;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.spi.TestBatches;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
    private static final SampleBatch NODE = TestBatches.node("a", 0, 2);

    @Test
    void withoutOptionsTheBatchGoesOnAsItIs() {
        assertThat(selection("").isEverything()).isTrue();
        assertThat(selection("").of(NODE)).isSameAs(NODE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"metrics=cpu/*,filesystem/*", "include_metrics=cpu/*,filesystem/*"})
    void onlyMetricsAskedForGoOn(String options) {
        assertThat(metrics(selection(options).of(NODE)))
                .containsOnly("cpu/usage", "cpu/usage_rate", "filesystem/usage");
    }

    @Test
    void anExclusionWinsOverAnInclusion() {
        assertThat(metrics(selection("metrics=cpu/*&exclude_metrics=*/usage").of(NODE)))
                .containsOnly("cpu/usage_rate");
    }

    @Test
    void aMetricOfAWorkloadIsChosenByItsName() {
        Entity pod = new Entity(EntityType.POD, Labels.of(LabelKey.POD_NAME, "p"));
        pod.samples()
                .add(
                        Objects.requireNonNull(
                                MetricCatalogue.custom("custom/queue", MetricType.GAUGE, ValueType.INT64)),
                        7L);
        SampleBatch batch = SampleBatch.ok(new NodeKey("c", "n"), 0, 60_000, List.of(pod));
        assertThat(metrics(selection("metrics=custom/q*").of(batch))).containsExactly("custom/queue");
        assertThat(metrics(selection("exclude_metrics=custom/*").of(batch))).isEmpty();
    }

    @Test
    void entitiesAreChosenByType() {
        assertThat(selection("types=node,pod").of(NODE).entities())
                .extracting(Entity::type)
                .containsExactly(EntityType.NODE, EntityType.POD, EntityType.POD);
    }

    @Test
    void namespacesSayNothingOfWhatBelongsToNone() {
        assertThat(selection("namespaces=shop").of(NODE)).isSameAs(NODE);
        assertThat(selection("namespaces=sh*,x").of(NODE)).isSameAs(NODE);
        assertThat(selection("namespaces=team-*").of(NODE).entities())
                .extracting(Entity::type)
                .containsExactly(EntityType.NODE);
    }

    @Test
    void whatIsLeftKeepsTimesAndLabels() {
        Entity whole = NODE.entities().get(1);
        Entity part = selection("metrics=memory/usage").of(NODE).entities().get(1);
        assertThat(part.labels()).isEqualTo(whole.labels());
        assertThat(part.startMillis()).isEqualTo(whole.startMillis());
        assertThat(part.sampleCount()).isEqualTo(1);
    }

    @Test
    void aSinkWithAnOptionOfTheSameNameKeepsItsOwnMeaning() {
        ComponentUri uri = ComponentUri.parse("gcm:?metrics=autoscaling&include_metrics=cpu/*", Map.of());
        assertThat(metrics(Selection.of(uri, Set.of("metrics")).of(NODE))).containsOnly("cpu/usage", "cpu/usage_rate");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "metrics=cpu | names of metrics",
                "exclude_metrics=cpu/*,nothing/* | 'nothing/*'",
                "metrics= | names of metrics",
                "types=container | some of cluster,ns,node,sys_container,pod,pod_container",
                "types= | some of",
                "namespaces= | names of namespaces",
                "resolution=fast | a duration",
                "resolution=0 | from 1s to 6h",
                "resolution=24h | from 1s to 6h"
            })
    void whatCanMatchNothingIsRefusedWithTheCure(String options, String cure) {
        assertThatThrownBy(() -> Reduction.of(ComponentUri.parse("log:?" + options, Map.of()), Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(cure)
                .hasMessageNotContaining("\n");
    }

    private static Selection selection(String options) {
        return Selection.of(ComponentUri.parse("log:?" + options, Map.of()), Set.of("format"));
    }

    private static List<String> metrics(SampleBatch batch) {
        List<String> names = new ArrayList<>();
        for (Entity entity : batch.entities()) {
            add(entity.samples(), names);
            for (ResourceSamples resource : entity.resources()) {
                add(resource.samples(), names);
            }
        }
        return names;
    }

    private static void add(Samples samples, List<String> names) {
        for (int i = 0; i < samples.size(); i++) {
            names.add(samples.metric(i).name());
        }
    }
}
