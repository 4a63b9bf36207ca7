package io.heapster.sink.spi;

import io.heapster.contract.uri.ComponentUri;
import java.util.Set;

/** Makes the sinks of one kind. Every bean of this type is a kind of sink that users can name. */
public interface SinkFactory {

    /** What stands before the colon of a sink's URI, for instance {@code influxdb}. */
    String key();

    /** The options this kind knows; any other in a URI is warned of by name. */
    Set<String> options();

    /**
     * Makes a sink without any I/O.
     *
     * @throws IllegalArgumentException if the URI is wrong; the message is one line with option, value and cure
     */
    Sink create(ComponentUri uri);
}
