package io.heapster.contract.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The different lists of metric numbers in one record, in the order they were first seen. */
final class Shapes {
    private final List<int[]> shapes = new ArrayList<>();
    private int[] hashes = new int[32];

    void clear() {
        shapes.clear();
    }

    int size() {
        return shapes.size();
    }

    int[] ids(int shape) {
        return shapes.get(shape);
    }

    /** Position of the shape made of the first {@code length} numbers, added when new. */
    int position(int[] ids, int length) {
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + ids[i];
        }
        for (int i = 0; i < shapes.size(); i++) {
            if (hashes[i] == hash && Arrays.equals(shapes.get(i), 0, shapes.get(i).length, ids, 0, length)) {
                return i;
            }
        }
        if (shapes.size() == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * hashes.length);
        }
        hashes[shapes.size()] = hash;
        shapes.add(Arrays.copyOf(ids, length));
        return shapes.size() - 1;
    }
}
