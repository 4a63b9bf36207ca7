package io.heapster.simulator.cluster;

import java.time.Duration;
import java.util.Locale;

/** What is wrong with a node. */
public sealed interface Fault {

    /** The kubelet accepts the request and never answers. */
    record Hang() implements Fault {}

    /**
     * The kubelet answers well, later.
     *
     * @param delay time before the answer
     */
    record Slow(Duration delay) implements Fault {}

    /** The kubelet's document ends in the middle, as if complete. */
    record Truncated() implements Fault {}

    /** The kubelet answers 200 with bytes that are no JSON. */
    record Garbage() implements Fault {}

    /**
     * The kubelet answers with this status.
     *
     * @param code HTTP status; 401 and 403 come with the kubelet's own texts
     */
    record Status(int code) implements Fault {}

    /** The kubelet closes the connection instead of answering. */
    record Reset() implements Fault {}

    /** The API server says the node is not ready; its kubelet answers. */
    record NotReady() implements Fault {}

    /** The API server names a kubelet port nobody listens on. */
    record Refused() implements Fault {}

    /** Whether the node's object at the API server shows it. */
    default boolean shownByApiServer() {
        return this instanceof NotReady || this instanceof Refused;
    }

    /** Reads {@code hang}, {@code slow=2s}, {@code truncated}, {@code garbage}, {@code status=500}, {@code reset}, {@code notready}, {@code refused}. */
    static Fault parse(String text) {
        String[] parts = text.split("=", 2);
        String argument = parts.length == 2 ? parts[1] : "";
        return switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "hang" -> new Hang();
            case "slow" -> new Slow(Duration.parse("PT" + argument));
            case "truncated" -> new Truncated();
            case "garbage" -> new Garbage();
            case "status" -> new Status(Integer.parseInt(argument));
            case "reset" -> new Reset();
            case "notready" -> new NotReady();
            case "refused" -> new Refused();
            default ->
                throw new IllegalArgumentException("unknown fault '" + text
                        + "': use hang, slow=2s, truncated, garbage, status=500, reset, notready or refused");
        };
    }
}
