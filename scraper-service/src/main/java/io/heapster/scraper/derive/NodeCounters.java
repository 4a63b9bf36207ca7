package io.heapster.scraper.derive;

import io.heapster.contract.sample.Entity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The counters of one node's entities at their previous samples. Safe for several threads, one at a time. */
final class NodeCounters {
    /** More entities than a node can carry; the rest of a broken node has no rates. */
    static final int MAX_ENTITIES = 20_000;

    private static final int FIRST_SLOTS = 16;

    /** Numbers of entities, each at the slot its last bits name or the next that was free; 0: nobody. A power of two. */
    private long[] names = new long[FIRST_SLOTS];

    private @Nullable EntityCounters[] counters = new @Nullable EntityCounters[FIRST_SLOTS];
    private int size;
    private long lastTickMillis;

    synchronized void advance(
            List<Entity> entities, long tickMillis, long forgetBefore, boolean addRates, WithheldTally tally) {
        EntityName name = new EntityName();
        int seen = 0;
        for (Entity entity : entities) {
            EntityCounters known = counters(name.of(entity));
            if (known == null) {
                tally.add(Withheld.LIMIT);
            } else {
                known.advance(entity, tickMillis, forgetBefore, addRates, tally);
                seen++;
            }
        }
        lastTickMillis = Math.max(lastTickMillis, tickMillis);
        if (seen < size) {
            forgetBefore(forgetBefore);
        }
    }

    /** The entity's counters, made when new; null when there are too many entities. */
    private @Nullable EntityCounters counters(long name) {
        int slot = slot(names, name);
        EntityCounters known = counters[slot];
        if (known == null && size < MAX_ENTITIES) {
            known = new EntityCounters();
            names[slot] = name;
            counters[slot] = known;
            size++;
            if (4 * size > 3 * names.length) {
                rebuild(2 * names.length, Long.MIN_VALUE);
            }
        }
        return known;
    }

    private void forgetBefore(long tickMillis) {
        int left = 0;
        for (EntityCounters entity : counters) {
            left += entity != null && entity.lastTickMillis() >= tickMillis ? 1 : 0;
        }
        if (left < size) {
            int slots = FIRST_SLOTS;
            while (4 * left > 3 * slots) {
                slots *= 2;
            }
            rebuild(slots, tickMillis);
        }
    }

    private void rebuild(int slots, long fromTickMillis) {
        long[] oldNames = names;
        @Nullable EntityCounters[] oldCounters = counters;
        names = new long[slots];
        counters = new @Nullable EntityCounters[slots];
        size = 0;
        for (int i = 0; i < oldNames.length; i++) {
            EntityCounters entity = oldCounters[i];
            if (entity != null && entity.lastTickMillis() >= fromTickMillis) {
                int slot = slot(names, oldNames[i]);
                names[slot] = oldNames[i];
                counters[slot] = entity;
                size++;
            }
        }
    }

    /** Where the entity is, or would be. */
    private static int slot(long[] names, long name) {
        int slot = (int) name & (names.length - 1);
        while (names[slot] != 0 && names[slot] != name) {
            slot = (slot + 1) & (names.length - 1);
        }
        return slot;
    }

    synchronized long lastTickMillis() {
        return lastTickMillis;
    }

    synchronized int size() {
        return size;
    }
}
