package io.heapster.scraper.source.host;

import io.heapster.contract.uri.ComponentUri;
import io.heapster.scraper.source.Source;
import io.heapster.scraper.source.SourceFactory;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Set;

/** Registers the source {@code host}. */
@Singleton
public class HostSourceFactory implements SourceFactory {
    @Override
    public Set<String> keys() {
        return Set.of("host");
    }

    @Override
    public Set<String> options() {
        return HostOptions.NAMES;
    }

    @Override
    public Source create(ComponentUri uri) {
        return new HostSource(HostOptions.of(uri), Clock.systemUTC());
    }
}
