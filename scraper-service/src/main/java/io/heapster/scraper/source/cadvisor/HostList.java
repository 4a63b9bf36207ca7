package io.heapster.scraper.source.cadvisor;

import java.io.IOException;

/** Tells what machines there are. Asked again and again by one thread, which it may block for seconds. */
@FunctionalInterface
interface HostList {
    /**
     * Looks once.
     *
     * @return all machines there are now
     * @throws IOException if that cannot be told: the machines known before stay
     */
    Hosts look() throws IOException, InterruptedException;
}
