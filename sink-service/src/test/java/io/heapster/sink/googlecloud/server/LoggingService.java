package io.heapster.sink.googlecloud.server;

import com.google.logging.v2.LogEntry;
import com.google.logging.v2.LoggingServiceV2Grpc.LoggingServiceV2ImplBase;
import com.google.logging.v2.WriteLogEntriesPartialErrors;
import com.google.logging.v2.WriteLogEntriesRequest;
import com.google.logging.v2.WriteLogEntriesResponse;
import com.google.protobuf.Any;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cloud Logging v2 as its documentation says it is. */
public final class LoggingService extends LoggingServiceV2ImplBase {
    public static final String PROJECT = "test-project";

    private static final int MOST_ENTRY_BYTES = 256 * 1_024;
    private static final int MOST_REQUEST_BYTES = 10_000_000;
    private static final int MOST_LABELS = 64;
    private static final long DAY_SECONDS = 86_400;

    private final long nowSeconds;
    /** By what makes two entries one. */
    private final Map<String, LogEntry> entries = new LinkedHashMap<>();

    private final List<WriteLogEntriesRequest> requests = new ArrayList<>();
    private int tooLarge;

    public LoggingService(long nowMillis) {
        this.nowSeconds = nowMillis / 1_000;
    }

    /** Refuses the next requests of more than one entry as too large. */
    public synchronized void shrink(int times) {
        tooLarge = times;
    }

    public synchronized List<LogEntry> entries() {
        return List.copyOf(entries.values());
    }

    public synchronized List<WriteLogEntriesRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public synchronized void writeLogEntries(
            WriteLogEntriesRequest request, StreamObserver<WriteLogEntriesResponse> answer) {
        boolean over = tooLarge > 0 && request.getEntriesCount() > 1;
        tooLarge -= over ? 1 : 0;
        if (over || request.getSerializedSize() > MOST_REQUEST_BYTES) {
            answer.onError(Status.INVALID_ARGUMENT
                    .withDescription("Request payload size exceeds the limit")
                    .asRuntimeException());
            return;
        }
        requests.add(request);
        WriteLogEntriesPartialErrors.Builder errors = WriteLogEntriesPartialErrors.newBuilder();
        for (int i = 0; i < request.getEntriesCount(); i++) {
            LogEntry entry = request.getEntries(i);
            String error = wrong(entry);
            if (error == null) {
                entries.putIfAbsent(entry.getLogName() + ' ' + entry.getTimestamp() + ' ' + entry.getInsertId(), entry);
            } else {
                errors.putLogEntryErrors(
                        i,
                        com.google.rpc.Status.newBuilder()
                                .setCode(Status.Code.INVALID_ARGUMENT.value())
                                .setMessage(error)
                                .build());
            }
        }
        if (errors.getLogEntryErrorsCount() == 0) {
            answer.onNext(WriteLogEntriesResponse.getDefaultInstance());
            answer.onCompleted();
        } else {
            answer.onError(StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                    .setCode(Status.Code.INVALID_ARGUMENT.value())
                    .setMessage("Some entries were not written")
                    .addDetails(Any.pack(errors.build()))
                    .build()));
        }
    }

    private @Nullable String wrong(LogEntry entry) {
        if (!entry.getLogName().matches("projects/" + PROJECT + "/logs/[A-Za-z0-9_.%-]+")) {
            return "log name " + entry.getLogName();
        }
        if (entry.getInsertId().isEmpty() || entry.getInsertId().length() > 512) {
            return "insert ID";
        }
        if (entry.getSerializedSize() > MOST_ENTRY_BYTES) {
            return "Log entry with size " + entry.getSerializedSize() + " exceeds maximum size of 256.0K";
        }
        if (entry.getLabelsCount() > MOST_LABELS) {
            return "too many labels";
        }
        if (entry.getTimestamp().getSeconds() > nowSeconds + DAY_SECONDS) {
            return "Log entry with timestamp too far in the future";
        }
        return null;
    }
}
