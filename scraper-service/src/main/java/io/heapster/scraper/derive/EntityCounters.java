package io.heapster.scraper.derive;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.ResourceSamples;
import io.heapster.contract.sample.Samples;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An entity's counters at its previous sample: what its next rates count from. Its own, and those of its resources. */
final class EntityCounters extends CounterColumns {
    private long startMillis;
    private long lastTickMillis;
    private boolean fresh = true;

    /** Only of resources that have counters; null while there are none, as with nearly all entities. */
    private @Nullable List<Resource> resources;

    private static final class Resource extends CounterColumns {
        private final Labels labels;
        private long lastTickMillis;

        Resource(Labels labels) {
            this.labels = labels;
        }
    }

    long lastTickMillis() {
        return lastTickMillis;
    }

    /**
     * Takes the entity's sample for the previous one of the next.
     *
     * @param forgetBefore resources that were last seen before this tick are forgotten
     * @param addRates whether the rates since the previous sample are added to the entity
     */
    void advance(Entity entity, long tickMillis, long forgetBefore, boolean addRates, WithheldTally tally) {
        boolean restarted = !fresh && startMillis != entity.startMillis();
        if (restarted) {
            clear();
            if (resources != null) {
                resources.forEach(CounterColumns::clear);
            }
        }
        Withheld absent = restarted ? Withheld.RESTARTED : Withheld.FIRST;
        fresh = false;
        startMillis = entity.startMillis();
        lastTickMillis = Math.max(lastTickMillis, tickMillis);
        advance(this, entity, entity.samples(), addRates, absent, tally);
        List<ResourceSamples> told = entity.resources();
        for (int i = 0; i < told.size(); i++) {
            Samples samples = told.get(i).samples();
            if (hasCounters(samples)) {
                Resource known = resource(told.get(i).labels());
                known.lastTickMillis = Math.max(known.lastTickMillis, tickMillis);
                advance(known, entity, samples, addRates, absent, tally);
            }
        }
        if (resources != null) {
            resources.removeIf(resource -> resource.lastTickMillis < forgetBefore);
        }
    }

    private static boolean hasCounters(Samples samples) {
        for (int i = 0; i < samples.size(); i++) {
            if (MetricCatalogue.rateOf(samples.metricId(i)) != null) {
                return true;
            }
        }
        return false;
    }

    private static void advance(
            CounterColumns before,
            Entity entity,
            Samples samples,
            boolean addRates,
            Withheld absent,
            WithheldTally tally) {
        int measuredCount = samples.size();
        for (int i = 0; i < measuredCount; i++) {
            int id = samples.metricId(i);
            Metric rate = MetricCatalogue.rateOf(id);
            if (rate == null) {
                continue;
            }
            long value = samples.bits(i);
            long millis = entity.measuredMillis(rate.clock());
            int at = before.indexOf(id);
            if (at < 0) {
                tally.add(absent);
                if (millis > 0) {
                    before.add(id, value, millis);
                }
                continue;
            }
            long elapsed = millis - before.measuredMillis(at);
            if (elapsed <= 0) {
                // A repeated or an older sample: the next one is compared with the newest there was.
                tally.add(Withheld.NOT_NEWER);
                continue;
            }
            long growth = value - before.value(at);
            before.set(at, value, millis);
            if (growth < 0) {
                tally.add(Withheld.FELL);
            } else if (addRates && !samples.has(rate)) {
                add(samples, rate, growth, elapsed);
            }
        }
    }

    private static void add(Samples samples, Metric rate, long growth, long elapsedMillis) {
        if (rate.isDouble()) {
            samples.add(rate, RateArithmetic.perSecond(growth, elapsedMillis, rate.decimals()));
        } else {
            samples.add(rate, RateArithmetic.millicores(growth, elapsedMillis));
        }
    }

    private Resource resource(Labels labels) {
        List<Resource> known = resources;
        if (known == null) {
            known = new ArrayList<>(1);
            resources = known;
        }
        for (Resource resource : known) {
            if (resource.labels.equals(labels)) {
                return resource;
            }
        }
        Resource resource = new Resource(labels);
        known.add(resource);
        return resource;
    }
}
