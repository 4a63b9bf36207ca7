/** Who may speak to a simulated server and why a client may trust it: certificates, bearer tokens, kubeconfig files. */
@org.jspecify.annotations.NullMarked
package io.heapster.simulator.access;
