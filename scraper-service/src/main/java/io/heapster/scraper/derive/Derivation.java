package io.heapster.scraper.derive;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.NodeKey;
import io.heapster.scraper.source.NodeInventory;
import java.util.List;

/** The order of the derivations of one node's entities: rates, enrichment, sums, shares. */
public final class Derivation {
    private final Rates rates;
    private final Enrichment enrichment;

    public Derivation(Rates rates, Enrichment enrichment) {
        this.rates = rates;
        this.enrichment = enrichment;
    }

    /**
     * What the node's record carries for a tick. Changes the given entities, which belong to the caller no longer.
     *
     * @param raw the entities as read
     */
    public List<Entity> derive(NodeKey node, long tickMillis, List<Entity> raw, NodeInventory inventory) {
        rates.rate(node, tickMillis, raw);
        List<Entity> entities = enrichment.enrich(raw, inventory);
        Sums.overContainers(entities);
        if (inventory.known() && !entities.isEmpty() && entities.get(0).type() == EntityType.NODE) {
            Sums.overPods(entities);
            NodeShares.add(entities.get(0).samples(), inventory);
        }
        return entities;
    }
}
