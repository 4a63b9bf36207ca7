package io.heapster.model;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The broker of the tests that run the whole service, with two ticks of two nodes in it. */
public final class SampleLogResource implements QuarkusTestResourceLifecycleManager {
    static final long NEWER = SampleLog.currentWindow() - 3 * SampleLog.RESOLUTION;
    static final long OLDER = NEWER - SampleLog.RESOLUTION;

    private @Nullable SampleLog log;

    @Override
    public Map<String, String> start() {
        SampleLog started = new SampleLog();
        log = started;
        started.write(SampleLog.batch("n1", OLDER, 869));
        started.write(SampleLog.batch("n2", OLDER, 100));
        started.write("default/n1", OLDER, new byte[] {1, 2, 3});
        started.write(SampleLog.batch("n1", NEWER, 978));
        started.write(SampleLog.batch("n2", NEWER, 200));
        return started.settings();
    }

    @Override
    public void stop() {
        Objects.requireNonNull(log).close();
    }
}
