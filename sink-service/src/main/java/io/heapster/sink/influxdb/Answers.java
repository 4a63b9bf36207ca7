package io.heapster.sink.influxdb;

import io.heapster.sink.influxdb.InfluxDbClient.Answer;
import io.heapster.sink.spi.Points;
import io.heapster.sink.spi.WriteOutcome;
import io.heapster.sink.spi.WriteOutcome.Rejected;
import io.heapster.sink.spi.WriteOutcome.RetryLater;
import io.heapster.sink.spi.WriteOutcome.Suspect;
import io.heapster.sink.spi.WriteOutcome.Suspicion;
import io.heapster.sink.spi.WriteOutcome.TooLarge;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What InfluxDB's answers to a write mean. */
final class Answers {
    private static final Pattern ERROR =
            Pattern.compile("\\s*\\{\\s*\"error\"\\s*:\\s*\"(.*)\"\\s*}\\s*", Pattern.DOTALL);
    private static final Pattern DROPPED = Pattern.compile("dropped=([0-9]{1,9})");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");
    private static final int LONGEST_MESSAGE = 300;

    private Answers() {}

    /**
     * @param points how many points the write had
     * @param lines how many lines they became
     */
    static WriteOutcome outcome(Answer answer, int points, int lines) {
        String reason = "InfluxDB answers " + answer.status() + ": " + message(answer.body());
        return switch (answer.status()) {
            case 200, 204 -> WriteOutcome.ACCEPTED;
            case 400, 422 -> refusal(reason, points, lines);
            case 413 -> new TooLarge(reason);
            case 429, 503 -> new RetryLater(reason, seconds(answer.retryAfter()));
            case 401, 403 -> new RetryLater(reason + " (check user, pw and the user's rights)");
            // Whatever else it is, it is not about these points: nothing may be lost for it.
            default -> new RetryLater(reason);
        };
    }

    private static WriteOutcome refusal(String reason, int points, int lines) {
        Matcher dropped = DROPPED.matcher(reason);
        if (dropped.find() && Integer.parseInt(dropped.group(1)) >= lines) {
            return new Rejected(Points.all(points), reason);
        }
        boolean type = reason.contains("field type conflict");
        return new Suspect(reason, type ? Suspicion.METRIC : Suspicion.ENTITY);
    }

    /** Whether the database or its policy is gone and has to be made again. */
    static boolean databaseMissing(Answer answer) {
        return answer.status() == 404
                || (answer.body().contains("retention policy not found") && answer.status() >= 400);
    }

    private static Duration seconds(String retryAfter) {
        return SECONDS.matcher(retryAfter).matches() ? Duration.ofSeconds(Long.parseLong(retryAfter)) : Duration.ZERO;
    }

    /** The message inside an answer, as one line that is not too long. */
    static String message(String body) {
        Matcher error = ERROR.matcher(body);
        String message = (error.matches() ? error.group(1) : body).replaceAll("\\p{Cntrl}+", " ");
        return message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "…" : message;
    }
}
