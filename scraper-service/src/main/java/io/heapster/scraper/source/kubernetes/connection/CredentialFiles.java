package io.heapster.scraper.source.kubernetes.connection;

import java.io.IOException;

/** Where credentials are written by somebody else, who may write new ones at any time. */
@FunctionalInterface
public interface CredentialFiles {
    /**
     * Reads them as they are now. Blocks.
     *
     * @throws IOException if they are not there or none; the message says what and where
     */
    Credentials read() throws IOException;
}
