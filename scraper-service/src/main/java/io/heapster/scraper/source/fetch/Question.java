package io.heapster.scraper.source.fetch;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for.
 *
 * @param accept the type of document wanted
 * @param body JSON that is posted; null to get
 */
public record Question(String path, String accept, @Nullable Buffer body) {
    private static final String JSON = "application/json";
    private static final String PROMETHEUS = "text/plain;version=0.0.4";

    /** Gets a JSON document. */
    public static Question get(String path) {
        return new Question(path, JSON, null);
    }

    /** Posts JSON and gets a JSON document. */
    public static Question post(String path, String json) {
        return new Question(path, JSON, Buffer.buffer(json));
    }

    /** Gets metrics in Prometheus' format. */
    public static Question metrics(String path) {
        return new Question(path, PROMETHEUS, null);
    }
}
