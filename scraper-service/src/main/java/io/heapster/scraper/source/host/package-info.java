/** Source {@code host}: this machine, read from {@code /proc}, its file systems and its control groups, without an agent. */
@org.jspecify.annotations.NullMarked
package io.heapster.scraper.source.host;
