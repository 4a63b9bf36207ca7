package io.heapster.model.resourcemetrics;

/** A form that usage is served in, object by object. */
interface Form {
    void beginList(Kind kind);

    void item(ObjectUsage object);

    void endList();

    /** The whole answer to a request for one object. */
    void single(ObjectUsage object);
}
