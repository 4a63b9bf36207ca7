package io.heapster.scraper.source.cadvisor;

/**
 * A machine that discovery tells of.
 *
 * @param name the node's name
 * @param address where its cAdvisor is asked: an IP address or a name; empty when it has none
 */
record Host(String name, String address) {}
