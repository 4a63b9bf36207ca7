package io.heapster.sink.cloudlogging;

import io.heapster.contract.event.EventRecord;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.sink.googlecloud.GoogleApi;
import io.heapster.sink.googlecloud.GoogleCloud;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.WriteOutcome;
import io.heapster.sink.spi.WriteOutcome.RetryLater;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One project's logs. An entry's insert ID and timestamp are its identity: Google shows one of two that share them. */
final class CloudLoggingSink implements Sink {
    private static final Logger LOG = LoggerFactory.getLogger(CloudLoggingSink.class);
    private static final int POINTS = 10_000;
    /** As Heapster called it; a name stands in a path, so its slash is escaped. */
    private static final String EVENTS = "kubernetes.io%2Fevents";

    private final CloudLoggingOptions options;
    private final Map<String, String> environment;
    private @Nullable GoogleCloud cloud;
    private @Nullable EntryWriter writer;

    CloudLoggingSink(CloudLoggingOptions options, Map<String, String> environment) {
        this.options = options;
        this.environment = environment;
        if (!options.events() && !options.samples()) {
            LOG.warn("sink gcl: writes nothing with events=false and without samples=true");
        }
    }

    @Override
    public int pointsPerWrite() {
        return POINTS;
    }

    @Override
    public void open() throws IOException {
        if (writer == null && (options.events() || options.samples())) {
            GoogleCloud found = GoogleCloud.find(GoogleApi.LOGGING, options.cloud(), environment);
            String logs = "projects/" + found.project() + "/logs/";
            cloud = found;
            writer = new EntryWriter(
                    found,
                    new EntryEncoder(logs + options.log(), found.resources()),
                    new EventEntryEncoder(logs + EVENTS, found.resources()));
        }
    }

    @Override
    public WriteOutcome write(List<SampleBatch> batches) throws InterruptedException {
        if (!options.samples()) {
            return WriteOutcome.ACCEPTED;
        }
        return writer == null ? new RetryLater("not open") : writer.write(batches);
    }

    @Override
    public boolean takesEvents() {
        return options.events();
    }

    @Override
    public WriteOutcome writeEvents(List<EventRecord> events) throws InterruptedException {
        return writer == null ? new RetryLater("not open") : writer.writeEvents(events);
    }

    @Override
    public void close() {
        if (cloud != null) {
            cloud.close();
        }
    }
}
