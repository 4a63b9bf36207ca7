package io.heapster.scraper.source;

import io.heapster.contract.uri.ComponentUri;
import java.util.Set;

/**
 * Makes the sources of one kind. A bean: being in the application registers it under its keys, as the part of
 * {@code --source} before the first colon.
 */
public interface SourceFactory {
    /** For instance {@code kubernetes.summary_api}. */
    Set<String> keys();

    /** Names of the options it reads; any other option in a URI is warned of by name. */
    Set<String> options();

    /**
     * Makes a source without any I/O to its peer.
     *
     * @throws IllegalArgumentException if an option is wrong: one line with the option, its value and the cure
     */
    Source create(ComponentUri uri);
}
