package io.heapster.scraper.source.fetch;

import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.ScrapeException.Reason;
import io.netty.channel.ConnectTimeoutException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says of what went wrong which class it is of. */
public final class Failures {
    private static final int MAX_TEXT = 200;

    private Failures() {}

    static ScrapeException timeout(Endpoint endpoint, long millis, String phase) {
        return new ScrapeException(
                Reason.TIMEOUT, endpoint + " gave no answer within " + millis + " ms (" + phase + ")", null);
    }

    static ScrapeException closed(Endpoint endpoint) {
        return new ScrapeException(Reason.INTERNAL, endpoint + " is not asked: the source is closed", null);
    }

    static ScrapeException tooLarge(Endpoint endpoint, int limit, String option) {
        return new ScrapeException(
                Reason.TOO_LARGE, endpoint + " answers with more than " + limit + " bytes (" + option + ")", null);
    }

    static ScrapeException unread(Endpoint endpoint, Question question, ScrapeException why) {
        return new ScrapeException(why.reason(), endpoint + question.path() + ": " + why.getMessage(), why);
    }

    static ScrapeException unread(Endpoint endpoint, Question question, RuntimeException why) {
        return new ScrapeException(Reason.INTERNAL, endpoint + question.path() + ": " + why, why);
    }

    static RefusedException status(Peers peers, Endpoint endpoint, Question question, int status, String body) {
        String said = endpoint + question.path() + " answers " + status + (body.isBlank() ? "" : " " + oneLine(body));
        return peers.refusal(endpoint, question, status, said, body);
    }

    /** Of a connection that was not made, or broke. */
    static ScrapeException connection(Peers peers, Endpoint endpoint, Throwable cause) {
        if (find(cause, TimeoutException.class) != null || find(cause, ConnectTimeoutException.class) != null) {
            return new ScrapeException(Reason.TIMEOUT, endpoint + " cannot be connected to in time", cause);
        }
        if (find(cause, SSLException.class) != null || find(cause, CertificateException.class) != null) {
            return new ScrapeException(Reason.TLS, endpoint + ": " + peers.untrusted(endpoint, cause), cause);
        }
        return new ScrapeException(Reason.CONNECT, endpoint + " cannot be read: " + message(cause), cause);
    }

    /** The first of a type among a failure and its causes. */
    public static <X extends Throwable> @Nullable X find(Throwable failure, Class<X> type) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }

    /** What a failure says, in one short line. */
    public static String message(Throwable failure) {
        return oneLine(String.valueOf(failure.getMessage()));
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "…";
    }
}
