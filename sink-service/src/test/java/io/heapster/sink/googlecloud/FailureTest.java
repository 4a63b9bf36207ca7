package io.heapster.sink.googlecloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.heapster.sink.spi.WriteOutcome;
import io.heapster.sink.spi.WriteOutcome.RetryLater;
import io.heapster.sink.spi.WriteOutcome.Suspect;
import io.heapster.sink.spi.WriteOutcome.TooLarge;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FailureTest {

    @Test
    void onlyWhatIsSaidAboutThePointsIsARefusal() {
        for (Status.Code code : Status.Code.values()) {
            boolean refusal = code == Status.Code.INVALID_ARGUMENT || code == Status.Code.OUT_OF_RANGE;
            assertThat(outcome(code.toStatus().withDescription("no")))
                    .as(code.name())
                    .isInstanceOf(refusal ? Suspect.class : RetryLater.class);
        }
    }

    @Test
    void aMessageLargerThanTheServerReadsIsDividedAndAQuotaIsNot() {
        assertThat(outcome(Status.RESOURCE_EXHAUSTED.withDescription("gRPC message exceeds maximum size 4194304: 9")))
                .isInstanceOf(TooLarge.class);
        assertThat(outcome(Status.RESOURCE_EXHAUSTED.withDescription("Quota exceeded")))
                .isInstanceOf(RetryLater.class);
    }

    @Test
    void theReasonIsOneLineThatIsNotTooLong() {
        Failure failure = Failure.of(
                "Cloud Monitoring",
                Status.INTERNAL.withDescription("a\nb" + "x".repeat(999)).asRuntimeException());
        assertThat(failure.reason())
                .startsWith("Cloud Monitoring answers INTERNAL: a b")
                .hasSize(301);
    }

    @Test
    void withoutWordsTheCauseSpeaks() {
        Failure failure = Failure.of(
                "Cloud Logging",
                Status.UNAVAILABLE.withCause(new IOException("refused")).asRuntimeException());
        assertThat(failure.reason()).contains("refused");
    }

    private static WriteOutcome outcome(Status status) {
        return Failure.of("Cloud Monitoring", status.asRuntimeException()).outcome();
    }
}
