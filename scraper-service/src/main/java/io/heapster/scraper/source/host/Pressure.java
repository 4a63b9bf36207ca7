package io.heapster.scraper.source.host;

import static io.heapster.contract.metric.Metrics.CPU_PSI_FULL;
import static io.heapster.contract.metric.Metrics.CPU_PSI_FULL_AVG10;
import static io.heapster.contract.metric.Metrics.CPU_PSI_SOME;
import static io.heapster.contract.metric.Metrics.CPU_PSI_SOME_AVG10;
import static io.heapster.contract.metric.Metrics.IO_PSI_FULL;
import static io.heapster.contract.metric.Metrics.IO_PSI_FULL_AVG10;
import static io.heapster.contract.metric.Metrics.IO_PSI_SOME;
import static io.heapster.contract.metric.Metrics.IO_PSI_SOME_AVG10;
import static io.heapster.contract.metric.Metrics.MEMORY_PSI_FULL;
import static io.heapster.contract.metric.Metrics.MEMORY_PSI_FULL_AVG10;
import static io.heapster.contract.metric.Metrics.MEMORY_PSI_SOME;
import static io.heapster.contract.metric.Metrics.MEMORY_PSI_SOME_AVG10;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.sample.Samples;
import java.nio.file.Path;

/** Pressure stall information: the machine's and the control groups' files are alike. */
final class Pressure {
    private static final long NANOS_PER_MICRO = 1_000;

    private Pressure() {}

    /** @param directory holds a file for each resource, whose name ends in {@code suffix} */
    static void read(TextFile text, Path directory, String suffix, Samples samples) {
        read(
                text,
                directory.resolve("cpu" + suffix),
                samples,
                CPU_PSI_SOME,
                CPU_PSI_SOME_AVG10,
                CPU_PSI_FULL,
                CPU_PSI_FULL_AVG10);
        read(
                text,
                directory.resolve("memory" + suffix),
                samples,
                MEMORY_PSI_SOME,
                MEMORY_PSI_SOME_AVG10,
                MEMORY_PSI_FULL,
                MEMORY_PSI_FULL_AVG10);
        read(
                text,
                directory.resolve("io" + suffix),
                samples,
                IO_PSI_SOME,
                IO_PSI_SOME_AVG10,
                IO_PSI_FULL,
                IO_PSI_FULL_AVG10);
    }

    private static void read(
            TextFile text,
            Path file,
            Samples samples,
            Metric someTotal,
            Metric someAverage,
            Metric fullTotal,
            Metric fullAverage) {
        text.open(file);
        while (text.nextLine()) {
            if (text.skip("some ")) {
                line(text, samples, someTotal, someAverage);
            } else if (text.skip("full ")) {
                line(text, samples, fullTotal, fullAverage);
            }
        }
    }

    /** For instance {@code avg10=0.12 avg60=0.03 avg300=0.01 total=123456}, in percent and microseconds. */
    private static void line(TextFile text, Samples samples, Metric total, Metric average) {
        if (!text.skip("avg10=")) {
            return;
        }
        long percentThousandths = text.thousandths();
        var unused60 = text.word();
        var unused300 = text.word();
        if (percentThousandths < 0 || !text.skip(" total=")) {
            return;
        }
        long micros = text.number();
        if (micros >= 0) {
            samples.add(average, percentThousandths / 1e3);
            samples.add(total, micros * NANOS_PER_MICRO);
        }
    }
}
