package io.heapster.scraper.source.cadvisor;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for.
 *
 * @param body JSON that is posted; null to get
 */
record Question(String path, @Nullable Buffer body) {
    static Question get(String path) {
        return new Question(path, null);
    }

    static Question post(String path, String json) {
        return new Question(path, Buffer.buffer(json));
    }
}
