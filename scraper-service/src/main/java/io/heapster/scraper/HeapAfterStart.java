package io.heapster.scraper;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives back the heap that the start took. Listing a cluster and reading every node for the first time leaves as much garbage
 * in the old generation as there is to be kept; afterwards next to nothing gets there, so that it would stay for good. The
 * heap grows freely until then: kept small from the beginning it would be collected as a whole every second.
 * What an operator chose for its free part stays.
 */
@Singleton
public class HeapAfterStart {
    private static final String LEAST_FREE = "MinHeapFreeRatio";
    private static final String MOST_FREE = "MaxHeapFreeRatio";
    private static final String LEAST_FREE_PERCENT = "8";
    private static final String MOST_FREE_PERCENT = "10";

    private final BooleanSupplier synced;
    private final @Nullable HotSpotDiagnosticMXBean vm;
    private boolean syncedBefore;
    private boolean settled;

    @Inject
    HeapAfterStart(ScraperLifecycle lifecycle) {
        this(() -> lifecycle.pipeline().map(ScraperPipeline::synced).orElse(false), hotSpot());
    }

    HeapAfterStart(BooleanSupplier synced, @Nullable HotSpotDiagnosticMXBean vm) {
        this.synced = synced;
        this.vm = vm;
    }

    /** Acts once, at the second look since everything was seen: by then a tick has passed with all of it. */
    @Scheduled(every = "60s", delayed = "60s", identity = "scraper-heap")
    void look() {
        boolean now = synced.getAsBoolean();
        if (now && syncedBefore && !settled) {
            settled = true;
            settle();
        }
        syncedBefore = now;
    }

    private void settle() {
        if (vm != null && isUnchosen(vm.getVMOption(LEAST_FREE)) && isUnchosen(vm.getVMOption(MOST_FREE))) {
            // In this order: the least must never be above the most.
            vm.setVMOption(LEAST_FREE, LEAST_FREE_PERCENT);
            vm.setVMOption(MOST_FREE, MOST_FREE_PERCENT);
        }
        System.gc();
    }

    private static boolean isUnchosen(VMOption option) {
        return option.getOrigin() == VMOption.Origin.DEFAULT;
    }

    /** Null in an executable, whose collector has no such options. */
    private static @Nullable HotSpotDiagnosticMXBean hotSpot() {
        return System.getProperty("org.graalvm.nativeimage.imagecode") == null
                ? ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                : null;
    }
}
