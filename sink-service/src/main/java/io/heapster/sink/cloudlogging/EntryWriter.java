package io.heapster.sink.cloudlogging;

import com.google.logging.v2.LogEntry;
import com.google.logging.v2.LoggingServiceV2Grpc;
import com.google.logging.v2.LoggingServiceV2Grpc.LoggingServiceV2BlockingStub;
import com.google.logging.v2.WriteLogEntriesPartialErrors;
import com.google.logging.v2.WriteLogEntriesRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.heapster.contract.event.EventRecord;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.ResourceSamples;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.sample.Samples;
import io.heapster.sink.googlecloud.Failure;
import io.heapster.sink.googlecloud.GoogleCloud;
import io.heapster.sink.spi.WriteOutcome;
import io.heapster.sink.spi.WriteOutcome.Rejected;
import io.heapster.sink.spi.WriteOutcome.RetryLater;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes entries in requests within Google's limits, one after the other. For one thread. */
final class EntryWriter {
    /** Google's limits are 256 KiB and 10 MB by its own sizes, which are not exactly those of protobuf. */
    static final int MOST_ENTRY_BYTES = 240 * 1_024;

    static final int MOST_REQUEST_BYTES = 8_000_000;
    static final int MOST_ENTRIES = 1_000;

    /**
     * An entry of the request being filled.
     *
     * @param first number of its first point in the write, or of the event
     * @param behind number behind that of its last point, or of the event
     */
    private record Row(LogEntry entry, int first, int behind) {}

    private final GoogleCloud cloud;
    private final EntryEncoder encoder;
    private final EventEntryEncoder eventEncoder;
    private final LoggingServiceV2BlockingStub stub;
    private final List<Row> rows = new ArrayList<>();
    private final BitSet rejected = new BitSet();
    private String reason = "";
    private int bytes;
    private int point;

    EntryWriter(GoogleCloud cloud, EntryEncoder encoder, EventEntryEncoder eventEncoder) {
        this.cloud = cloud;
        this.encoder = encoder;
        this.eventEncoder = eventEncoder;
        this.stub = LoggingServiceV2Grpc.newBlockingStub(cloud.channel());
    }

    /** All points of the batches, an entry an entity. */
    WriteOutcome write(List<SampleBatch> batches) throws InterruptedException {
        begin();
        for (SampleBatch batch : batches) {
            for (Entity entity : batch.entities()) {
                int first = point;
                point += entity.sampleCount();
                if (point > first) {
                    WriteOutcome stopped = add(new Row(encoder.encode(batch, entity), first, point));
                    if (stopped != null) {
                        return stopped;
                    }
                    rejectUnsayable(entity, first);
                }
            }
        }
        return end();
    }

    /** All events, an entry each. */
    WriteOutcome writeEvents(List<EventRecord> events) throws InterruptedException {
        begin();
        for (EventRecord event : events) {
            int number = point++;
            LogEntry entry = eventEncoder.encode(event);
            if (entry == null) {
                reject(number, number + 1, "an event whose JSON cannot be read");
                continue;
            }
            WriteOutcome stopped = add(new Row(entry, number, number + 1));
            if (stopped != null) {
                return stopped;
            }
        }
        return end();
    }

    private void begin() {
        rows.clear();
        rejected.clear();
        reason = "";
        bytes = 0;
        point = 0;
    }

    private WriteOutcome end() throws InterruptedException {
        WriteOutcome stopped = flush();
        if (stopped != null) {
            return stopped;
        }
        return rejected.isEmpty() ? WriteOutcome.ACCEPTED : new Rejected((BitSet) rejected.clone(), reason);
    }

    private void rejectUnsayable(Entity entity, int first) {
        int next = rejectUnsayable(entity.samples(), first);
        for (ResourceSamples resource : entity.resources()) {
            next = rejectUnsayable(resource.samples(), next);
        }
    }

    private int rejectUnsayable(Samples samples, int first) {
        for (int i = 0; i < samples.size(); i++) {
            if (!Double.isFinite(samples.doubleValue(i))) {
                reject(first + i, first + i + 1, "not a finite number, which no JSON can say");
            }
        }
        return first + samples.size();
    }

    /** @return why the write ends here; null when it goes on */
    private @Nullable WriteOutcome add(Row row) throws InterruptedException {
        int size = row.entry.getSerializedSize();
        if (size > MOST_ENTRY_BYTES) {
            reject(row.first, row.behind, "an entry of " + size + " bytes, more than Cloud Logging takes");
            return null;
        }
        if (bytes + size > MOST_REQUEST_BYTES || rows.size() == MOST_ENTRIES) {
            WriteOutcome stopped = flush();
            if (stopped != null) {
                return stopped;
            }
        }
        rows.add(row);
        bytes += size;
        return null;
    }

    private @Nullable WriteOutcome flush() throws InterruptedException {
        if (rows.isEmpty()) {
            return null;
        }
        WriteLogEntriesRequest.Builder request =
                WriteLogEntriesRequest.newBuilder().setPartialSuccess(true);
        for (Row row : rows) {
            request.addEntries(row.entry);
        }
        try {
            cloud.calling(stub).writeLogEntries(request.build());
        } catch (StatusRuntimeException e) {
            WriteOutcome stopped = stopped(cloud.failure(e));
            if (stopped != null) {
                return stopped;
            }
        }
        rows.clear();
        bytes = 0;
        return null;
    }

    /** Notes the entries that were refused, if Google names them and refuses them for ever. */
    private @Nullable WriteOutcome stopped(Failure failure) {
        Optional<WriteLogEntriesPartialErrors> named = failure.detail(WriteLogEntriesPartialErrors.class);
        if (named.isEmpty()) {
            return failure.outcome();
        }
        for (Map.Entry<Integer, com.google.rpc.Status> error :
                named.get().getLogEntryErrorsMap().entrySet()) {
            int index = error.getKey();
            Status.Code code = Status.fromCodeValue(error.getValue().getCode()).getCode();
            if (!Failure.isRefusal(code) || index < 0 || index >= rows.size()) {
                return new RetryLater(failure.reason());
            }
            Row row = rows.get(index);
            reject(row.first, row.behind, "Cloud Logging: " + error.getValue().getMessage());
        }
        return null;
    }

    private void reject(int first, int behind, String why) {
        rejected.set(first, behind);
        reason = reason.isEmpty() ? why : reason;
    }
}
