/** Reads cAdvisor's ContainerInfo, which kubelets of old and cAdvisor itself answer with. */
@org.jspecify.annotations.NullMarked
package io.heapster.scraper.source.containerinfo;
