package io.heapster.simulator.cluster;

/** Is told of every change of a cluster, in order, in the thread that made it. */
public interface ClusterListener {

    /** What happened to an object. */
    enum Change {
        ADDED,
        MODIFIED,
        DELETED
    }

    /** A node came, changed its condition or went. */
    void onNode(Change change, SimulatedNode node);

    /** A pod came, one of its containers was restarted, or it went. */
    void onPod(Change change, SimulatedPod pod);

    /** An event was recorded. */
    void onEvent(SimulatedEvent event);
}
