/** What decoders of answers are made of: a cursor over a document's bytes, and what gathers an entity's values. */
@org.jspecify.annotations.NullMarked
package io.heapster.scraper.source.decode;
