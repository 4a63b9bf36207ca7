package io.heapster.sink.spi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heapster.contract.event.EventRecord;
import io.heapster.contract.event.EventRecord.InvolvedObject;
import java.time.Instant;
import java.util.Map;

/** Events as a scraper makes them. */
public final class TestEvents {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TestEvents() {}

    /** An event about a pod, at the version and so many minutes after the first tick. */
    public static EventRecord of(String uid, int version, String message) {
        return of(uid, version, message, TestBatches.TICK + version * 60_000L);
    }

    public static EventRecord of(String uid, int version, String message, long millis) {
        try {
            return new EventRecord(
                    "default",
                    uid,
                    version,
                    "shop",
                    "web." + uid,
                    new InvolvedObject("Pod", "shop", "web", "uid-web"),
                    "Warning",
                    "BackOff",
                    message,
                    "kubelet",
                    "node-1",
                    TestBatches.TICK,
                    millis,
                    version,
                    JSON.writeValueAsString(Map.of(
                            "kind",
                            "Event",
                            "metadata",
                            Map.of("uid", uid),
                            "message",
                            message,
                            "lastTimestamp",
                            Instant.ofEpochMilli(millis).toString())),
                    0);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
