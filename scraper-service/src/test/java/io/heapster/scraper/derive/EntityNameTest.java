package io.heapster.scraper.derive;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EntityNameTest {
    @Test
    void entitiesHaveOneNumberWhateverWasMetBeforeAndDifferentOnesFromEachOther() {
        List<Entity> entities = new ArrayList<>(List.of(Cases.node("node1"), system("kubelet"), system("runtime")));
        for (String namespace : List.of("a", "ab", "")) {
            for (String pod : List.of("b", "bc", "c")) {
                entities.add(Cases.pod(namespace, pod));
                for (String container : List.of("c", "cd", "d", "b")) {
                    entities.add(Cases.container(namespace, pod, container));
                }
            }
        }
        EntityName inOrder = new EntityName();
        Set<Long> numbers = new HashSet<>();
        for (Entity entity : entities) {
            long number = inOrder.of(entity);

            numbers.add(number);
            assertThat(new EntityName().of(entity)).isEqualTo(number).isNotZero();
        }
        assertThat(numbers).hasSameSizeAs(entities);
    }

    private static Entity system(String name) {
        return new Entity(
                EntityType.SYSTEM_CONTAINER, Labels.of(LabelKey.NODENAME, "node1", LabelKey.CONTAINER_NAME, name));
    }
}
