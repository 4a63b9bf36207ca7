package io.heapster.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.main.Launch;
import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainIntegrationTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The command as built: what it says before it would start. */
@Tag("as-built")
@QuarkusMainIntegrationTest
class ModelCommandIT {
    @Test
    @Launch("--help")
    void explainsItsFlags(LaunchResult result) {
        assertThat(result.getOutput()).contains("--kafka");
    }

    @Test
    @Launch(value = "--no_such_flag=1", exitCode = 2)
    void refusesAnUnknownFlagInOneLine(LaunchResult result) {
        assertThat(result.getErrorOutput().strip()).contains("no_such_flag").hasLineCount(1);
    }
}
