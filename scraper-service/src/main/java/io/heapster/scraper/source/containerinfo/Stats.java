package io.heapster.scraper.source.containerinfo;

import static io.heapster.scraper.source.decode.JsonCursor.ABSENT;

import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.scraper.source.decode.Field;
import io.heapster.scraper.source.decode.JsonCursor;
import io.heapster.scraper.source.decode.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;

/** One element of a container's {@code stats}, read in place of the one before: the last is the newest. */
final class Stats {
    /** What a kubelet's summary calls a container's own file system too. */
    private static final String ROOT_FILESYSTEM = "/";

    long timeMillis;
    long cpu;
    long load;
    long memory;
    long rss;
    long cache;
    long workingSet;
    long pageFaults;
    long majorPageFaults;
    long processes;
    final NetworkStats network = new NetworkStats();
    final List<Filesystem> filesystems = new ArrayList<>(0);
    final List<Disk> disks = new ArrayList<>(0);
    final List<Accelerator> accelerators = new ArrayList<>(0);

    private final JsonCursor json;
    private final CustomMetrics customMetrics;
    private boolean there;

    record Filesystem(String device, long used, long capacity, long available, long inodes, long inodesFree) {}

    record Disk(String device, long read, long written) {}

    record Accelerator(Labels labels, long memoryTotal, long memoryUsed, long dutyCycle) {}

    Stats(JsonCursor json, CustomMetrics customMetrics) {
        this.json = json;
        this.customMetrics = customMetrics;
    }

    boolean isThere() {
        return there;
    }

    void clear() {
        there = false;
        timeMillis = 0;
        cpu = ABSENT;
        load = ABSENT;
        memory = ABSENT;
        rss = ABSENT;
        cache = ABSENT;
        workingSet = ABSENT;
        pageFaults = ABSENT;
        majorPageFaults = ABSENT;
        processes = ABSENT;
        network.clear();
        filesystems.clear();
        disks.clear();
        accelerators.clear();
        customMetrics.clearValues();
    }

    /** Reads all elements; the last one is kept. */
    void readAll() throws MalformedJsonException {
        if (!json.beginArray()) {
            return;
        }
        while (json.nextElement()) {
            if (json.beginObject()) {
                clear();
                there = true;
                read();
            }
        }
    }

    private void read() throws MalformedJsonException {
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case TIMESTAMP -> timeMillis = json.readTime();
                case CPU -> readCpu();
                case MEMORY -> readMemory();
                case NETWORK -> network.read(json);
                case FILESYSTEM -> readFilesystems();
                case DISKIO -> readDisks();
                case PROCESSES -> readProcesses();
                case ACCELERATORS -> readAccelerators();
                case CUSTOM_METRICS -> customMetrics.readValues();
                default -> json.skip();
            }
        }
    }

    private void readCpu() throws MalformedJsonException {
        if (!json.beginObject()) {
            return;
        }
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            if (field == Field.LOAD_AVERAGE) {
                load = json.readLong();
            } else if (field == Field.USAGE && json.beginObject()) {
                for (Field part = json.nextField(); part != null; part = json.nextField()) {
                    if (part == Field.TOTAL) {
                        cpu = json.readLong();
                    } else {
                        json.skip();
                    }
                }
            } else if (field != Field.USAGE) {
                json.skip();
            }
        }
    }

    private void readMemory() throws MalformedJsonException {
        if (!json.beginObject()) {
            return;
        }
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case USAGE -> memory = json.readLong();
                case RSS -> rss = json.readLong();
                case CACHE -> cache = json.readLong();
                case WORKING_SET -> workingSet = json.readLong();
                case CONTAINER_DATA -> readPageFaults();
                default -> json.skip();
            }
        }
    }

    private void readPageFaults() throws MalformedJsonException {
        if (!json.beginObject()) {
            return;
        }
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case PGFAULT -> pageFaults = json.readLong();
                case PGMAJFAULT -> majorPageFaults = json.readLong();
                default -> json.skip();
            }
        }
    }

    private void readProcesses() throws MalformedJsonException {
        if (!json.beginObject()) {
            return;
        }
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            if (field == Field.PROCESS_COUNT) {
                processes = json.readLong();
            } else {
                json.skip();
            }
        }
    }

    private void readFilesystems() throws MalformedJsonException {
        if (json.isObject()) {
            readWholeFilesystem();
            return;
        }
        if (!json.beginArray()) {
            return;
        }
        while (json.nextElement()) {
            if (json.beginObject()) {
                readFilesystem();
            }
        }
    }

    /** Version 2 of the API tells of a container one sum and no device. */
    private void readWholeFilesystem() throws MalformedJsonException {
        json.beginObject();
        long used = ABSENT;
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            if (field == Field.TOTAL_USAGE_BYTES) {
                used = json.readLong();
            } else {
                json.skip();
            }
        }
        if (used != ABSENT) {
            filesystems.add(new Filesystem(ROOT_FILESYSTEM, used, ABSENT, ABSENT, ABSENT, ABSENT));
        }
    }

    private void readFilesystem() throws MalformedJsonException {
        String device = "";
        long used = ABSENT;
        long capacity = ABSENT;
        long available = ABSENT;
        long inodes = ABSENT;
        long inodesFree = ABSENT;
        boolean hasInodes = false;
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case DEVICE -> device = json.readName();
                case USAGE -> used = json.readLong();
                case CAPACITY -> capacity = json.readLong();
                case AVAILABLE -> available = json.readLong();
                case HAS_INODES -> hasInodes = json.readBoolean();
                case INODES -> inodes = json.readLong();
                case FREE_INODES -> inodesFree = json.readLong();
                default -> json.skip();
            }
        }
        if (!device.isEmpty()) {
            filesystems.add(new Filesystem(
                    device, used, capacity, available, hasInodes ? inodes : ABSENT, hasInodes ? inodesFree : ABSENT));
        }
    }

    private void readDisks() throws MalformedJsonException {
        if (!json.beginObject()) {
            return;
        }
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            if (field == Field.IO_SERVICE_BYTES && json.beginArray()) {
                while (json.nextElement()) {
                    if (json.beginObject()) {
                        readDisk();
                    }
                }
            } else if (field != Field.IO_SERVICE_BYTES) {
                json.skip();
            }
        }
    }

    private void readDisk() throws MalformedJsonException {
        String device = "";
        long major = 0;
        long minor = 0;
        long read = ABSENT;
        long written = ABSENT;
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            if (field == Field.DEVICE) {
                device = json.readName();
            } else if (field == Field.MAJOR) {
                major = json.readLong();
            } else if (field == Field.MINOR) {
                minor = json.readLong();
            } else if (field == Field.STATS && json.beginObject()) {
                for (Field way = json.nextField(); way != null; way = json.nextField()) {
                    switch (way) {
                        case READ -> read = json.readLong();
                        case WRITE -> written = json.readLong();
                        default -> json.skip();
                    }
                }
            } else if (field != Field.STATS) {
                json.skip();
            }
        }
        disks.add(new Disk(device.isEmpty() ? major + ":" + minor : device, read, written));
    }

    private void readAccelerators() throws MalformedJsonException {
        if (!json.beginArray()) {
            return;
        }
        while (json.nextElement()) {
            if (json.beginObject()) {
                readAccelerator();
            }
        }
    }

    private void readAccelerator() throws MalformedJsonException {
        String make = "";
        String model = "";
        String id = "";
        long total = ABSENT;
        long used = ABSENT;
        long dutyCycle = ABSENT;
        for (Field field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case MAKE -> make = json.readName();
                case MODEL -> model = json.readName();
                case ID -> id = json.readName();
                case TOTAL_MEMORY -> total = json.readLong();
                case USED_MEMORY -> used = json.readLong();
                case DUTY_CYCLE_PERCENT -> dutyCycle = json.readLong();
                default -> json.skip();
            }
        }
        Labels labels = Labels.of(LabelKey.MAKE, make, LabelKey.MODEL, model, LabelKey.ACCELERATOR_ID, id);
        if (labels.size() > 0) {
            accelerators.add(new Accelerator(labels, total, used, dutyCycle));
        }
    }
}
