package io.heapster.model.resourcemetrics;

import java.io.IOException;

/** A form that usage is served in, object by object. */
interface Form {
    void beginList(Kind kind) throws IOException;

    void item(ObjectUsage object) throws IOException;

    void endList() throws IOException;

    /** The whole answer to a request for one object. */
    void single(ObjectUsage object) throws IOException;
}
