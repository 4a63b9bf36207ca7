package io.heapster.sink.googlecloud;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.heapster.sink.spi.WriteOutcome;
import io.heapster.sink.spi.WriteOutcome.RetryLater;
import io.heapster.sink.spi.WriteOutcome.Suspect;
import io.heapster.sink.spi.WriteOutcome.Suspicion;
import io.heapster.sink.spi.WriteOutcome.TooLarge;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A call that Google refused or never got.
 *
 * @param code gRPC's
 * @param message in Google's words
 * @param reason the message with code and service, as one line for the operator
 * @param details what came with it
 */
public record Failure(Status.Code code, String message, String reason, List<Any> details) {
    private static final int LONGEST_REASON = 300;
    /** The same code is a quota, which passes, and a message larger than a gRPC server reads, which does not. */
    private static final Pattern TOO_LARGE = Pattern.compile("message (?:exceeds maximum size|larger than max)");

    static Failure of(String service, StatusRuntimeException e) {
        Status status = e.getStatus();
        com.google.rpc.Status whole = StatusProto.fromThrowable(e);
        String message = status.getDescription() == null ? "" : status.getDescription();
        if (message.isEmpty() && e.getCause() != null) {
            message = e.getCause().toString();
        }
        String line = (service + " answers " + status.getCode() + ": " + message + cure(status.getCode()))
                .replaceAll("\\p{Cntrl}+", " ");
        String reason = line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line;
        return new Failure(status.getCode(), message, reason, whole == null ? List.of() : whole.getDetailsList());
    }

    private static String cure(Status.Code code) {
        return switch (code) {
            case UNAUTHENTICATED -> " (check the credentials)";
            case PERMISSION_DENIED -> " (check that the API is enabled and the roles of the service account)";
            default -> "";
        };
    }

    /**
     * Whether what was written is at fault. All else may pass, however long it takes: nothing may be lost for it.
     */
    public boolean isRefusal() {
        return isRefusal(code);
    }

    /** Whether this code says that what was written is at fault. */
    public static boolean isRefusal(Status.Code code) {
        return code == Status.Code.INVALID_ARGUMENT || code == Status.Code.OUT_OF_RANGE;
    }

    /** What became of a write that failed so, when it is not known which of its points are at fault. */
    public WriteOutcome outcome() {
        if (isRefusal()) {
            return new Suspect(reason, Suspicion.ENTITY);
        }
        return code == Status.Code.RESOURCE_EXHAUSTED
                        && TOO_LARGE.matcher(message).find()
                ? new TooLarge(reason)
                : new RetryLater(reason, pause());
    }

    private Duration pause() {
        return detail(RetryInfo.class)
                .filter(RetryInfo::hasRetryDelay)
                .map(info -> Duration.ofSeconds(
                        Math.max(0, info.getRetryDelay().getSeconds()),
                        Math.max(0, info.getRetryDelay().getNanos())))
                .orElse(Duration.ZERO);
    }

    /** The detail of this type, if there is one that can be read. */
    public <M extends Message> Optional<M> detail(Class<M> type) {
        for (Any detail : details) {
            if (detail.is(type)) {
                try {
                    return Optional.of(detail.unpack(type));
                } catch (InvalidProtocolBufferException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
