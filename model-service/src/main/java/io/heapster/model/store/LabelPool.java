package io.heapster.model.store;

import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Holds labels to their limits, and lets entities share the texts that many of them have. Of the writer only. */
final class LabelPool {
    /** Beyond this many texts equal ones may exist twice, which costs memory and nothing else. */
    private static final int MOST_TEXTS = 32_768;

    /** What hardly two entities have alike, a pod and its containers apart, and those share it already. */
    private static final Set<String> UNSHARED = Set.of(LabelKey.POD_ID, LabelKey.POD_NAME, LabelKey.POD_IP);

    private final StoreLimits limits;
    private final Rejections rejections;
    private final Map<String, String> texts = new HashMap<>();

    LabelPool(StoreLimits limits, Rejections rejections) {
        this.limits = limits;
        this.rejections = rejections;
    }

    /** Labels as they are kept: equal to the given ones unless these are over a limit. */
    Labels keep(Labels given) {
        Map<String, String> kept = new LinkedHashMap<>();
        int custom = 0;
        int refused = 0;
        for (int i = 0; i < given.size(); i++) {
            String key = given.key(i);
            String value = given.value(i);
            // what an entity is found by is never left out
            if (!LabelKey.OWN.contains(key) && ++custom > limits.labels()) {
                refused++;
                continue;
            }
            if (value.length() > limits.labelLength()) {
                refused++;
                value = value.substring(0, limits.labelLength());
            }
            kept.put(shared(key), UNSHARED.contains(key) ? value : shared(value));
        }
        if (refused > 0) {
            rejections.labels(refused);
        }
        return Labels.of(kept);
    }

    private String shared(String text) {
        if (texts.size() >= MOST_TEXTS) {
            texts.clear();
        }
        String known = texts.putIfAbsent(text, text);
        return known == null ? text : known;
    }
}
