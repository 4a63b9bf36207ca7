package io.heapster.model.store;

import io.heapster.contract.sample.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lets entities that report alike share their shape, and those with resources of their own at least its layout. */
final class ShapePool {
    /** Beyond this many equal ones may exist twice, which costs memory and nothing else. */
    private static final int MOST = 4_096;

    private final Map<Layout, Layout> layouts = new HashMap<>();
    private final Map<Shape, Shape> shapes = new HashMap<>();

    Shape shared(List<Layout.Column> columns, List<Labels> resources) {
        Layout layout = shared(layouts, new Layout(columns));
        return shared(shapes, new Shape(layout, resources.toArray(Labels[]::new)));
    }

    private static <T> T shared(Map<T, T> pool, T one) {
        if (pool.size() >= MOST) {
            pool.clear();
        }
        T known = pool.putIfAbsent(one, one);
        return known == null ? one : known;
    }
}
