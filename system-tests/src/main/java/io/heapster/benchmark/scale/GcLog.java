package io.heapster.benchmark.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code -Xlog:gc}, or {@code -XX:+PrintGC} of an executable, wrote: each pause with its length and the heap before and after. */
final class GcLog {
    private static final Pattern PAUSE =
            Pattern.compile("Pause (.*?)(?: [0-9.]+[KM]->(?<after>[0-9.]+)M(?:\\(\\d+M\\))?)? (?<millis>[0-9.]+)ms");

    private final Path file;
    private int read;

    GcLog(Path file) {
        this.file = file;
    }

    /** The pauses since the last call. */
    String sinceLast() throws IOException {
        List<String> lines = Files.readAllLines(file);
        int count = 0;
        double total = 0;
        double longest = 0;
        String what = "none";
        for (String line : lines.subList(read, lines.size())) {
            Matcher pause = PAUSE.matcher(line);
            if (pause.find()) {
                double millis = Double.parseDouble(pause.group("millis"));
                count++;
                total += millis;
                if (millis > longest) {
                    longest = millis;
                    what = pause.group(1);
                }
            }
        }
        read = lines.size();
        return String.format("%d pauses, %.0f ms in all, longest %.1f ms (%s)", count, total, longest, what);
    }

    /** MiB after the last collection of the whole heap; 0 when there was none. */
    int afterLastFull() throws IOException {
        int after = 0;
        for (String line : Files.readAllLines(file)) {
            Matcher pause = PAUSE.matcher(line);
            if (line.contains("Pause Full") && pause.find() && pause.group("after") != null) {
                after = (int) Math.round(Double.parseDouble(pause.group("after")));
            }
        }
        return after;
    }
}
