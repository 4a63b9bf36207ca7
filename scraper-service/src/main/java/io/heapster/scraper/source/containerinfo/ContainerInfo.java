package io.heapster.scraper.source.containerinfo;

import static io.heapster.scraper.source.decode.JsonCursor.ABSENT;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.Samples;
import io.heapster.scraper.source.decode.Measurement;

/**
 * What cAdvisor tells of one container: a spec and its newest stats. Used for one container after the other: what it tells
 * holds until the next one is read.
 */
public final class ContainerInfo {
    private final Measurement measurement;
    private final Stats stats;
    private final CustomMetrics customMetrics;

    private String path = "";
    private String alias = "";
    private String image = "";
    private String containerName = "";
    private String podNamespace = "";
    private String podName = "";
    private String podUid = "";
    private boolean sandbox;
    private long createdMillis;
    private boolean hasCpu;
    private boolean hasMemory;
    private boolean hasNetwork;
    private boolean hasFilesystem;
    private boolean hasDiskIo;
    private boolean hasProcesses;

    ContainerInfo(Measurement measurement, Stats stats, CustomMetrics customMetrics) {
        this.measurement = measurement;
        this.stats = stats;
        this.customMetrics = customMetrics;
    }

    void clear() {
        path = "";
        alias = "";
        image = "";
        containerName = "";
        podNamespace = "";
        podName = "";
        podUid = "";
        sandbox = false;
        createdMillis = 0;
        hasCpu = false;
        hasMemory = false;
        hasNetwork = false;
        hasFilesystem = false;
        hasDiskIo = false;
        hasProcesses = false;
        stats.clear();
        customMetrics.clear();
    }

    /** The control group, such as {@code /system.slice/sshd.service}; {@code /} is the machine. */
    public String path() {
        return path;
    }

    /** The first of the names the container's runtime has for it, else the control group. */
    public String name() {
        return alias.isEmpty() ? path : alias;
    }

    /** The image it was made of; empty when it was made of none. */
    public String image() {
        return image;
    }

    /** Kubernetes' name of the container; empty when it has none, as all that are told of Kubernetes here. */
    public String containerName() {
        return containerName;
    }

    public String podNamespace() {
        return podNamespace;
    }

    public String podName() {
        return podName;
    }

    public String podUid() {
        return podUid;
    }

    /** Whether containerd says that it is a pod's sandbox. */
    public boolean isSandbox() {
        return sandbox;
    }

    /** Whether it has stats: one without tells nothing. */
    public boolean isMeasured() {
        return stats.isThere();
    }

    void path(String text) {
        path = text;
    }

    void alias(String text) {
        alias = text;
    }

    void image(String text) {
        image = text;
    }

    void containerName(String text) {
        containerName = text;
    }

    void podNamespace(String text) {
        podNamespace = text;
    }

    void podName(String text) {
        podName = text;
    }

    void podUid(String text) {
        podUid = text;
    }

    void kind(String text) {
        sandbox = text.equals("sandbox");
    }

    long createdMillis() {
        return createdMillis;
    }

    void created(long millis) {
        createdMillis = millis;
    }

    void hasCpu(boolean has) {
        hasCpu = has;
    }

    void hasMemory(boolean has) {
        hasMemory = has;
    }

    void hasNetwork(boolean has) {
        hasNetwork = has;
    }

    void hasFilesystem(boolean has) {
        hasFilesystem = has;
    }

    void hasDiskIo(boolean has) {
        hasDiskIo = has;
    }

    void hasProcesses(boolean has) {
        hasProcesses = has;
    }

    /** For the machine, of which some documents have no spec: what its stats tell, it has. */
    void hasAll() {
        hasCpu = true;
        hasMemory = true;
        hasNetwork = true;
        hasFilesystem = true;
        hasDiskIo = true;
        hasProcesses = true;
    }

    /**
     * The container as an entity: what its spec says it has, as last measured.
     *
     * @param answeredMillis when the document came, which stands in for a measuring time that is not told
     */
    public Entity toEntity(EntityType type, Labels labels, long answeredMillis) {
        Measurement into = measurement;
        into.begin(type);
        into.startedAt(createdMillis);
        into.cpuAt(stats.timeMillis);
        if (hasCpu) {
            into.put(Metrics.CPU_USAGE, stats.cpu);
            if (stats.load > 0) {
                // 0 is what is told where the load is not measured, which is the rule
                into.put(Metrics.CPU_LOAD, stats.load);
            }
        }
        if (hasMemory) {
            into.put(Metrics.MEMORY_USAGE, stats.memory);
            into.put(Metrics.MEMORY_RSS, stats.rss);
            into.put(Metrics.MEMORY_CACHE, stats.cache);
            into.put(Metrics.MEMORY_WORKING_SET, stats.workingSet);
            into.put(Metrics.MEMORY_PAGE_FAULTS, stats.pageFaults);
            into.put(Metrics.MEMORY_MAJOR_PAGE_FAULTS, stats.majorPageFaults);
        }
        if (hasProcesses) {
            into.put(Metrics.PROCESS_COUNT, stats.processes);
        }
        if (hasNetwork) {
            into.networkAt(stats.timeMillis);
            into.put(Metrics.NETWORK_RX, stats.network.received());
            into.put(Metrics.NETWORK_RX_ERRORS, stats.network.receiveErrors());
            into.put(Metrics.NETWORK_TX, stats.network.sent());
            into.put(Metrics.NETWORK_TX_ERRORS, stats.network.sendErrors());
        }
        addResources(into);
        customMetrics.addTo(into);
        return into.finish(labels, answeredMillis);
    }

    private void addResources(Measurement into) {
        if (hasFilesystem) {
            for (Stats.Filesystem filesystem : stats.filesystems) {
                Samples samples = into.resource(device(filesystem.device()));
                if (samples.isEmpty()) {
                    add(samples, Metrics.FILESYSTEM_USAGE, filesystem.used());
                    add(samples, Metrics.FILESYSTEM_LIMIT, filesystem.capacity());
                    add(samples, Metrics.FILESYSTEM_AVAILABLE, filesystem.available());
                    add(samples, Metrics.FILESYSTEM_INODES, filesystem.inodes());
                    add(samples, Metrics.FILESYSTEM_INODES_FREE, filesystem.inodesFree());
                }
            }
        }
        if (hasDiskIo) {
            for (Stats.Disk disk : stats.disks) {
                Samples samples = into.resource(device(disk.device()));
                if (!samples.has(Metrics.DISK_IO_READ_BYTES) && !samples.has(Metrics.DISK_IO_WRITE_BYTES)) {
                    add(samples, Metrics.DISK_IO_READ_BYTES, disk.read());
                    add(samples, Metrics.DISK_IO_WRITE_BYTES, disk.written());
                }
            }
        }
        for (Stats.Accelerator accelerator : stats.accelerators) {
            Samples samples = into.resource(accelerator.labels());
            if (samples.isEmpty()) {
                add(samples, Metrics.ACCELERATOR_MEMORY_TOTAL, accelerator.memoryTotal());
                add(samples, Metrics.ACCELERATOR_MEMORY_USED, accelerator.memoryUsed());
                add(samples, Metrics.ACCELERATOR_DUTY_CYCLE, accelerator.dutyCycle());
            }
        }
    }

    private static Labels device(String device) {
        return Labels.of(LabelKey.RESOURCE_ID, device);
    }

    private static void add(Samples samples, Metric metric, long value) {
        if (value != ABSENT) {
            samples.append(metric.id(), value);
        }
    }
}
