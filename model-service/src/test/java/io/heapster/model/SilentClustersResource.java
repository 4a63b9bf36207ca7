package io.heapster.model;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A broker that holds one tick of two clusters, five minutes old. */
public final class SilentClustersResource implements QuarkusTestResourceLifecycleManager {
    static final long LATEST = SampleLog.currentWindow() - 30 * SampleLog.RESOLUTION;

    private @Nullable SampleLog log;

    @Override
    public Map<String, String> start() {
        SampleLog started = new SampleLog();
        log = started;
        started.write(SampleLog.batch("east", "n1", LATEST, 100));
        started.write(SampleLog.batch("west", "n1", LATEST, 900));
        return started.settings();
    }

    @Override
    public void stop() {
        Objects.requireNonNull(log).close();
    }
}
