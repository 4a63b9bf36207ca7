package io.heapster.scraper.source;

import io.heapster.contract.sample.Entity;
import java.util.List;

/**
 * What a node answered.
 *
 * @param entities the node first, its system containers, then each pod followed by its containers; owned by the reader
 * @param warnings parts of the answer that could not be used, by reason; they cost no more than themselves
 */
public record Reading(List<Entity> entities, List<String> warnings) {}
