/** Probes: alive while the own loop turns, ready when every source was seen. Neither asks whether Kafka is well. */
@org.jspecify.annotations.NullMarked
package io.heapster.scraper.health;
