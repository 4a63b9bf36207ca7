package io.heapster.scraper.source.host;

import static io.heapster.contract.metric.Metrics.DISK_IO_READ_BYTES;
import static io.heapster.contract.metric.Metrics.DISK_IO_WRITE_BYTES;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The machine's whole disks that were ever used, and the names that their device numbers stand for. */
final class Disks {
    private static final long BYTES_PER_SECTOR = 512;

    private final Path diskstats;
    private final Path blocks;
    private final TextFile text;
    private final Map<String, Labels> byNumber = new HashMap<>();

    Disks(Path proc, Path sys, TextFile text) {
        this.diskstats = proc.resolve("diskstats");
        this.blocks = sys.resolve("block");
        this.text = text;
    }

    void read(Entity node) {
        text.open(diskstats);
        byNumber.clear();
        while (text.nextLine()) {
            long major = text.number();
            long minor = text.number();
            String name = text.word();
            Labels labels = Labels.of(LabelKey.RESOURCE_ID, "/dev/" + name);
            byNumber.put(major + ":" + minor, labels);
            long reads = text.number();
            text.number();
            long sectorsRead = text.number();
            text.number();
            long writes = text.number();
            text.number();
            long sectorsWritten = text.number();
            if (reads + writes > 0 && sectorsWritten >= 0 && wholeDisk(name)) {
                Samples samples = node.resource(labels);
                samples.add(DISK_IO_READ_BYTES, sectorsRead * BYTES_PER_SECTOR);
                samples.add(DISK_IO_WRITE_BYTES, sectorsWritten * BYTES_PER_SECTOR);
            }
        }
    }

    /** The disk of a number such as {@code 8:0}, as of the last reading; the number itself when it has no name. */
    Labels labels(String number) {
        return byNumber.computeIfAbsent(number, unnamed -> Labels.of(LabelKey.RESOURCE_ID, unnamed));
    }

    /** Partitions are part of their disks, and memory that looks like a disk is none. */
    private boolean wholeDisk(String name) {
        return !name.startsWith("loop")
                && !name.startsWith("ram")
                && !name.startsWith("zram")
                && Files.exists(blocks.resolve(name));
    }
}
