/** Answers for the kubelets of all nodes from one port, truthfully or with the fault a node was given. */
@org.jspecify.annotations.NullMarked
package io.heapster.simulator.kubelet;
