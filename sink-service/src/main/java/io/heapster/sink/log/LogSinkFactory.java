package io.heapster.sink.log;

import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.SinkFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.Set;

/** {@code log}, {@code log:?format=json}: to the standard output of this process. */
@ApplicationScoped
public class LogSinkFactory implements SinkFactory {

    @Override
    public String key() {
        return "log";
    }

    @Override
    public Set<String> options() {
        return Set.of("format", "events");
    }

    @Override
    public Sink create(ComponentUri uri) {
        return new LogSink(format(uri), uri.booleanOption("events", true), new FileOutputStream(FileDescriptor.out));
    }

    static LogFormat format(ComponentUri uri) {
        String format = uri.option("format").orElse("text");
        return switch (format) {
            case "text" -> new TextFormat();
            case "json" -> new JsonFormat();
            default -> throw uri.wrong("format", format, "text or json");
        };
    }
}
