package io.heapster.model.access;

/** Who may read the paths of the resource metrics API. */
enum MetricsApiAccess {
    /** Delegated when there is a certificate to serve with and this runs in a pod, else off. */
    AUTO,
    /** Whom the API server knows and allows. */
    DELEGATED,
    /** The same as for the model API. */
    OFF
}
