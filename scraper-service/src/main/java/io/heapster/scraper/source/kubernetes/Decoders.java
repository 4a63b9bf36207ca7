package io.heapster.scraper.source.kubernetes;

import io.heapster.scraper.source.kubernetes.containers.ContainersDecoder;
import io.heapster.scraper.source.kubernetes.resource.ResourceDecoder;
import io.heapster.scraper.source.kubernetes.summary.SummaryDecoder;

/** One decoder of each document; for one thread. */
record Decoders(ContainersDecoder containers, SummaryDecoder summary, ResourceDecoder resource) {
    Decoders() {
        this(new ContainersDecoder(), new SummaryDecoder(), new ResourceDecoder());
    }
}
