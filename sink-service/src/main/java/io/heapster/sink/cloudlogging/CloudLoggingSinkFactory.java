package io.heapster.sink.cloudlogging;

import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.SinkFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** {@code gcl}, {@code gcl:?samples=true}. */
@ApplicationScoped
public class CloudLoggingSinkFactory implements SinkFactory {

    @Override
    public String key() {
        return "gcl";
    }

    @Override
    public Set<String> options() {
        return CloudLoggingOptions.NAMES;
    }

    @Override
    public Sink create(ComponentUri uri) {
        return new CloudLoggingSink(CloudLoggingOptions.of(uri), System.getenv());
    }
}
