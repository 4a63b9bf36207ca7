package io.heapster.contract.sample;

/**
 * Samples of one of several resources of an entity: one file system, disk or accelerator.
 *
 * @param labels what tells the resource apart, for instance {@code resource_id:/}; never empty
 * @param samples values of labelled metrics
 */
public record ResourceSamples(Labels labels, Samples samples) {}
