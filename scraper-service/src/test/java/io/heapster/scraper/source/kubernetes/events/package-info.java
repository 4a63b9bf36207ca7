@org.jspecify.annotations.NullMarked
package io.heapster.scraper.source.kubernetes.events;
