package io.heapster.scraper;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import com.sun.management.VMOption.Origin;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class HeapAfterStartTest {
    private final OptionsOfVm vm = new OptionsOfVm();
    private boolean synced;
    private final HeapAfterStart heap = new HeapAfterStart(() -> synced, vm);

    @Test
    void whatTheStartTookIsCollectedAtTheSecondLookSinceEverythingWasSeen() {
        look(false);
        look(true);
        long before = collections();
        assertThat(vm.set).isEmpty();
        look(true);
        assertThat(collections()).isGreaterThan(before);
        assertThat(vm.set).containsExactly("MinHeapFreeRatio=8", "MaxHeapFreeRatio=10");
    }

    @Test
    void itIsDoneOnce() {
        look(true);
        look(true);
        look(false);
        look(true);
        look(true);
        assertThat(vm.set).hasSize(2);
    }

    @Test
    void aSourceThatIsLostAgainStartsTheWaitingAnew() {
        look(true);
        look(false);
        look(true);
        assertThat(vm.set).isEmpty();
    }

    @Test
    void whatWasChosenStays() {
        vm.origin = Origin.VM_CREATION;
        look(true);
        look(true);
        assertThat(vm.set).isEmpty();
    }

    @Test
    void theOptionsAreThoseOfThisVmInAnOrderItTakes() {
        HotSpotDiagnosticMXBean real = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        String least = real.getVMOption("MinHeapFreeRatio").getValue();
        String most = real.getVMOption("MaxHeapFreeRatio").getValue();
        look(true);
        look(true);
        try {
            for (String option : vm.set) {
                String[] pair = option.split("=", -1);
                real.setVMOption(pair[0], pair[1]);
                assertThat(real.getVMOption(pair[0]).getValue()).isEqualTo(pair[1]);
            }
        } finally {
            real.setVMOption("MaxHeapFreeRatio", most);
            real.setVMOption("MinHeapFreeRatio", least);
        }
    }

    private void look(boolean seen) {
        synced = seen;
        heap.look();
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private static final class OptionsOfVm implements HotSpotDiagnosticMXBean {
        private final List<String> set = new ArrayList<>();
        private Origin origin = Origin.DEFAULT;

        @Override
        public VMOption getVMOption(String name) {
            return new VMOption(name, "40", true, origin);
        }

        @Override
        public void setVMOption(String name, String value) {
            set.add(name + "=" + value);
        }

        @Override
        public List<VMOption> getDiagnosticOptions() {
            throw new UnsupportedOperationException("not asked for");
        }

        @Override
        public void dumpHeap(String file, boolean live) {
            throw new UnsupportedOperationException("not asked for");
        }

        @Override
        public ObjectName getObjectName() {
            throw new UnsupportedOperationException("not asked for");
        }
    }
}
