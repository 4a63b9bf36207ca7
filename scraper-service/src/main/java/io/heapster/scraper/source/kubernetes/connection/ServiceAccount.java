package io.heapster.scraper.source.kubernetes.connection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that Kubernetes puts into a pod, and whose token it replaces long before the hour is over. */
record ServiceAccount(Path directory) implements CredentialFiles {
    boolean isThere() {
        return Files.isReadable(token());
    }

    @Override
    public Credentials read() throws IOException {
        Path ca = directory.resolve("ca.crt");
        return new Credentials(
                Files.readString(token()).strip(), Files.isReadable(ca) ? Files.readString(ca) : "", "", "");
    }

    private Path token() {
        return directory.resolve("token");
    }
}
