@org.jspecify.annotations.NullMarked
package io.heapster.scraper.source.cadvisor;
