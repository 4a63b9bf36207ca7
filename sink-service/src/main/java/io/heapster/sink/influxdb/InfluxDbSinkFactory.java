package io.heapster.sink.influxdb;

import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.SinkFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** {@code influxdb:http://host:8086?option=value}. */
@ApplicationScoped
public class InfluxDbSinkFactory implements SinkFactory {

    @Override
    public String key() {
        return "influxdb";
    }

    @Override
    public Set<String> options() {
        return InfluxDbOptions.NAMES;
    }

    @Override
    public Sink create(ComponentUri uri) {
        return new InfluxDbSink(InfluxDbOptions.of(uri));
    }
}
