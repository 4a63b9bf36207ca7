package io.heapster.model.resourcemetrics;

/** What a container of a pod uses. */
record ContainerUsage(String name, Usage usage) {}
