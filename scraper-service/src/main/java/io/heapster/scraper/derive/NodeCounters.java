package io.heapster.scraper.derive;

import io.heapster.contract.sample.Entity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The counters of one node's entities at their previous samples. Safe for several threads, one at a time. */
final class NodeCounters {
    /** More entities than a node can carry; the rest of a broken node has no rates. */
    static final int MAX_ENTITIES = 20_000;

    private final Map<String, EntityCounters> byKey = new HashMap<>();
    private long lastTickMillis;

    synchronized void advance(
            List<Entity> entities, long tickMillis, long forgetBefore, boolean addRates, WithheldTally tally) {
        for (Entity entity : entities) {
            String key = entity.key();
            EntityCounters counters = byKey.get(key);
            if (counters == null) {
                if (byKey.size() >= MAX_ENTITIES) {
                    tally.add(Withheld.LIMIT);
                    continue;
                }
                counters = new EntityCounters();
                byKey.put(key, counters);
            }
            counters.advance(entity, tickMillis, addRates, tally);
        }
        lastTickMillis = Math.max(lastTickMillis, tickMillis);
        byKey.values().removeIf(counters -> counters.lastTickMillis() < forgetBefore);
        byKey.values().forEach(counters -> counters.forgetResourcesBefore(forgetBefore));
    }

    synchronized long lastTickMillis() {
        return lastTickMillis;
    }

    synchronized int size() {
        return byKey.size();
    }
}
