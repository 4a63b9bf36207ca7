package io.heapster.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapster.simulator.cluster.Fault;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SimulatorOptionsTest {
    private static final Path DIRECTORY = Path.of("somewhere");

    @Test
    void readsTheClusterAndItsFaults() {
        SimulatorOptions options = parse(
                "--nodes=100",
                "--pods=30",
                "--fault=hang:0.05",
                "--fault=slow=2s:0.02",
                "--tls=false",
                "--sample-spread=0s");

        assertThat(options.shape().nodes()).isEqualTo(100);
        assertThat(options.shape().sampleSpread()).isEqualTo(Duration.ZERO);
        assertThat(options.listening().tls()).isFalse();
        assertThat(options.faults())
                .containsExactly(
                        new SimulatorOptions.FaultShare(new Fault.Hang(), 0.05),
                        new SimulatorOptions.FaultShare(new Fault.Slow(Duration.ofSeconds(2)), 0.02));
        assertThat(options.directory()).isEqualTo(DIRECTORY);
    }

    @Test
    void namesTheOptionThatIsWrong() {
        assertThatThrownBy(() -> parse("--node=100")).hasMessageStartingWith("--node=100: ");
        assertThatThrownBy(() -> parse("--nodes=many")).hasMessageStartingWith("--nodes=many: ");
        assertThatThrownBy(() -> parse("--fault=hang")).hasMessageContaining("hang:0.05");
        assertThatThrownBy(() -> parse("--fault=hang:5")).hasMessageContaining("between 0 and 1");
        assertThatThrownBy(() -> parse("--nodes=-1")).hasMessageContaining("nodes");
    }

    @Test
    void helpNamesEveryOption() {
        assertThat(SimulatorOptions.HELP)
                .contains(
                        "--nodes", "--pods", "--fault", "--churn", "--kubelet-name", "--directory", "--sample-spread");
    }

    private static SimulatorOptions parse(String... arguments) {
        return SimulatorOptions.parse(arguments, DIRECTORY);
    }
}
