package io.heapster.sink.cloudmonitoring;

import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.SinkFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** {@code gcm}, {@code gcm:?metrics=autoscaling}. */
@ApplicationScoped
public class CloudMonitoringSinkFactory implements SinkFactory {

    @Override
    public String key() {
        return "gcm";
    }

    @Override
    public Set<String> options() {
        return CloudMonitoringOptions.NAMES;
    }

    @Override
    public Sink create(ComponentUri uri) {
        return new CloudMonitoringSink(CloudMonitoringOptions.of(uri), System.getenv());
    }
}
