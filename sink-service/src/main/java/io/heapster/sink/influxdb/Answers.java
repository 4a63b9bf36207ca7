package io.heapster.sink.influxdb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.heapster.sink.influxdb.InfluxDbClient.Answer;
import io.heapster.sink.spi.Points;
import io.heapster.sink.spi.WriteOutcome;
import io.heapster.sink.spi.WriteOutcome.Rejected;
import io.heapster.sink.spi.WriteOutcome.RetryLater;
import io.heapster.sink.spi.WriteOutcome.Suspect;
import io.heapster.sink.spi.WriteOutcome.Suspicion;
import io.heapster.sink.spi.WriteOutcome.TooLarge;
import java.time.Duration;
import java.util.BitSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server's answers to a write mean. */
final class Answers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern DROPPED = Pattern.compile("dropped[= ]([0-9]{1,9})");
    private static final Pattern ABOUT_POINTS =
            Pattern.compile("partial write|pars|field type|max-|dropped", Pattern.CASE_INSENSITIVE);
    private static final Pattern ABOUT_THE_REQUEST =
            Pattern.compile("database|precision|bucket|\\borg|\\bdb\\b|gzip|timeout", Pattern.CASE_INSENSITIVE);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");
    private static final int LONGEST_MESSAGE = 300;
    /** A server that lists the lines it refused stops somewhere; a shorter list is whole. */
    private static final int WHOLE_LIST = 100;

    /**
     * A write that was answered.
     *
     * @param points how many points it had
     * @param lines how many lines they became
     * @param pointsOfLines gives the numbers of points for those of lines
     */
    record Request(Generation generation, int points, int lines, UnaryOperator<BitSet> pointsOfLines) {}

    private Answers() {}

    static WriteOutcome outcome(Answer answer, Request request) {
        String reason = "InfluxDB answers " + answer.status() + ": " + message(answer.body());
        return switch (answer.status()) {
            case 200, 204 -> WriteOutcome.ACCEPTED;
            case 400, 422 -> refusal(answer, reason, request);
            case 413 -> new TooLarge(reason);
            case 429, 503 -> new RetryLater(reason, seconds(answer.retryAfter()));
            case 401, 403 -> new RetryLater(reason + Cure.notAllowed(request.generation));
            case 404 -> new RetryLater(reason + Cure.notFound(request.generation));
            // Whatever else it is, it is not about these points: nothing may be lost for it.
            default -> new RetryLater(reason);
        };
    }

    private static WriteOutcome refusal(Answer answer, String reason, Request request) {
        if (!ABOUT_POINTS.matcher(reason).find()
                && ABOUT_THE_REQUEST.matcher(reason).find()) {
            return new RetryLater(reason + Cure.notUnderstood(request.generation));
        }
        if (request.generation == Generation.V3) {
            BitSet refused = refusedLines(answer.body(), request.lines);
            if (!refused.isEmpty()) {
                return new Rejected(request.pointsOfLines.apply(refused), reason);
            }
        }
        Matcher dropped = DROPPED.matcher(reason);
        if (dropped.find() && Integer.parseInt(dropped.group(1)) >= request.lines) {
            return new Rejected(Points.all(request.points), reason);
        }
        boolean type = reason.contains("field type conflict");
        return new Suspect(reason, type ? Suspicion.METRIC : Suspicion.ENTITY);
    }

    /** The lines that InfluxDB 3 lists as refused, from 0; empty when it does not list them all. */
    private static BitSet refusedLines(String body, int lines) {
        BitSet refused = new BitSet();
        JsonNode list = json(body).path("data");
        if (list.isArray() && list.size() < WHOLE_LIST) {
            for (JsonNode line : list) {
                int number = line.path("line_number").asInt(0);
                if (number < 1 || number > lines) {
                    return new BitSet();
                }
                refused.set(number - 1);
            }
        }
        return refused;
    }

    /** Whether the database of 1.x or its policy is gone and has to be made again. */
    static boolean databaseMissing(Answer answer) {
        return answer.status() == 404
                || (answer.body().contains("retention policy not found") && answer.status() >= 400);
    }

    private static Duration seconds(String retryAfter) {
        return SECONDS.matcher(retryAfter).matches() ? Duration.ofSeconds(Long.parseLong(retryAfter)) : Duration.ZERO;
    }

    /** The message inside an answer, as one line that is not too long. */
    static String message(String body) {
        JsonNode json = json(body);
        // 1.x and 3 call it error, 2.x calls it message; 3 says of each refused line why.
        String message = json.path("error").asText(json.path("message").asText(body));
        JsonNode first = json.path("data").path(0).path("error_message");
        String whole = (first.isTextual() ? message + ": " + first.asText() : message).replaceAll("\\p{Cntrl}+", " ");
        return whole.length() > LONGEST_MESSAGE ? whole.substring(0, LONGEST_MESSAGE) + "…" : whole;
    }

    private static JsonNode json(String body) {
        try {
            JsonNode json = body.stripLeading().startsWith("{") ? JSON.readTree(body) : null;
            return json == null ? MissingNode.getInstance() : json;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
