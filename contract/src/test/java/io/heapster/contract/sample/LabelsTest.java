package io.heapster.contract.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LabelsTest {
    @Test
    void labelsAreSortedByKeyAndAnEmptyValueIsNoLabel() {
        Labels labels = Labels.of("b", "2", "a", "1", "c", "");

        assertThat(labels).hasToString("a:1,b:2");
        assertThat(labels.get("c")).isEmpty();
        assertThat(labels.has("c")).isFalse();
        assertThat(labels).isEqualTo(Labels.of("a", "1").with("b", "2"));
    }

    @Test
    void settingEmptyTakesALabelAway() {
        assertThat(Labels.of("a", "1", "b", "2").with("a", "")).isEqualTo(Labels.of("b", "2"));
        assertThat(Labels.of("a", "1").with("a", "")).isEqualTo(Labels.EMPTY);
    }

    @Test
    void aKeyWithoutAValueIsRefused() {
        assertThatThrownBy(() -> Labels.of("a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a");
    }

    @Test
    void labelsOfNumberedThingsHardlyShareAHash() {
        Set<Integer> hashes = new HashSet<>();
        int labels = 0;
        for (int node = 0; node < 50; node++) {
            for (int pod = 0; pod < 30; pod++) {
                for (int container = 0; container < 10; container++) {
                    hashes.add(Labels.of(
                                    "nodename", "node-" + node,
                                    "pod_name", "pod-" + node + "-" + pod,
                                    "container_name", "container-" + container)
                            .hashCode());
                    labels++;
                }
            }
        }
        assertThat(hashes).hasSizeGreaterThan(labels - 5);
    }

    @Property
    void overridingIsWhatAMapWouldDo(
            @ForAll("maps") Map<String, String> mine, @ForAll("maps") Map<String, String> others) {
        List<String> pairs = new ArrayList<>();
        others.forEach((key, value) -> pairs.addAll(List.of(key, value)));
        Map<String, String> expected = new TreeMap<>(mine);
        expected.putAll(others);
        expected.values().removeIf(String::isEmpty);

        Labels overridden = Labels.of(mine).overriddenBy(pairs.toArray(String[]::new), pairs.size());

        assertThat(overridden.toMap()).isEqualTo(expected);
        assertThat(overridden).isEqualTo(Labels.of(expected)).hasSameHashCodeAs(Labels.of(expected));
    }

    @Provide
    Arbitrary<Map<String, String>> maps() {
        return Arbitraries.maps(Arbitraries.of("a", "b", "c", "d", "e"), Arbitraries.of("", "1", "2", "three"))
                .ofMaxSize(5);
    }
}
