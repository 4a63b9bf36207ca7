package io.heapster.scraper.source.kubernetes.connection;

import java.io.IOException;
import org.jboss.logging.Logger;

/** Credentials as last read. Whoever is told that they are refused, or once a minute at least, has to {@link #reread}. */
public final class FreshCredentials {
    private static final Logger LOG = Logger.getLogger(FreshCredentials.class);

    private final CredentialFiles files;
    private volatile Credentials current;

    public FreshCredentials(CredentialFiles files) throws IOException {
        this.files = files;
        this.current = files.read();
    }

    public Credentials current() {
        return current;
    }

    /**
     * Reads the files again; what cannot be read leaves the credentials as they were. Blocks.
     *
     * @return the credentials that hold now
     */
    public synchronized Credentials reread() {
        try {
            current = files.read();
        } catch (IOException e) {
            LOG.warnf("keeping the credentials read before: %s", e.getMessage());
        }
        return current;
    }
}
