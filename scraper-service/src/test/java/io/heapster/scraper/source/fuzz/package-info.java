/** Mutates real documents and holds the decoders to what they promise of any bytes. */
@org.jspecify.annotations.NullMarked
package io.heapster.scraper.source.fuzz;
