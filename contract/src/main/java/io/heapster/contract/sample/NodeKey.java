package io.heapster.contract.sample;

/** A node of a cluster. Its {@link #recordKey} decides the partition and so the scraper that reads the node. */
public record NodeKey(String cluster, String node) {
    /** Key of the node's records: {@code cluster/node}, so that equal names in two clusters do not meet. */
    public String recordKey() {
        return cluster + "/" + node;
    }
}
