package io.heapster.model.aggregate;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Small numbers for the nodes of one cluster, so that a set of nodes is a row of bits. A number freed is used again. */
final class NodeNumbers {
    private final Map<String, Integer> byName = new HashMap<>();
    private final BitSet taken = new BitSet();

    int of(String node) {
        return byName.computeIfAbsent(node, any -> {
            int number = taken.nextClearBit(0);
            taken.set(number);
            return number;
        });
    }

    /** Frees all numbers but these. */
    void keep(BitSet numbers) {
        byName.values().removeIf(number -> !numbers.get(number));
        taken.and(numbers);
    }
}
