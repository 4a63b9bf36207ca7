package io.heapster.contract.metric;

import static io.heapster.contract.metric.Clock.ENTITY;
import static io.heapster.contract.metric.Clock.NETWORK;
import static io.heapster.contract.metric.MetricType.CUMULATIVE;
import static io.heapster.contract.metric.MetricType.GAUGE;
import static io.heapster.contract.metric.Unit.BYTES;
import static io.heapster.contract.metric.Unit.COUNT;
import static io.heapster.contract.metric.Unit.MILLISECONDS;
import static io.heapster.contract.metric.Unit.NANOSECONDS;
import static io.heapster.contract.metric.ValueType.DOUBLE;
import static io.heapster.contract.metric.ValueType.INT64;

import java.util.ArrayList;
import java.util.List;

/**
 * Every metric, declared once. Numbers are part of the wire form: a new metric takes a free number, a retired one's
 * number stays unused.
 */
public final class Metrics {
    private static final List<Metric> DECLARED = new ArrayList<>();

    private static final List<String> RESOURCE = List.of("resource_id");
    private static final List<String> ACCELERATOR = List.of("make", "model", "accelerator_id");

    public static final Metric UPTIME = cumulative(1, "uptime", MILLISECONDS, "Time since the entity was started");
    public static final Metric RESTART_COUNT = gauge(2, "restart_count", COUNT, "Number of restarts of the container");
    public static final Metric PROCESS_COUNT =
            gauge(3, "process/count", COUNT, "Number of processes running in the pod or container");
    public static final Metric CLOCK_SKEW = gauge(
            4,
            "clock/skew",
            MILLISECONDS,
            "How far the node's clock is ahead of its scraper's at least; negative when behind, 0 within a second");

    public static final Metric CPU_USAGE = cumulative(10, "cpu/usage", NANOSECONDS, "Processor time used on all cores");
    public static final Metric CPU_USAGE_RATE =
            integerRate(11, "cpu/usage_rate", CPU_USAGE, "Processor use on all cores, in millicores");
    public static final Metric CPU_REQUEST =
            gauge(12, "cpu/request", COUNT, "Guaranteed processor share, in millicores; 0 when nothing is requested");
    public static final Metric CPU_LIMIT =
            gauge(13, "cpu/limit", COUNT, "Hard limit on the processor, in millicores; 0 when there is none");
    public static final Metric CPU_LOAD = gauge(14, "cpu/load", COUNT, "Load average, times 1000, smoothed over 10 s");
    public static final Metric CPU_NODE_CAPACITY =
            share(15, "cpu/node_capacity", 3, "Processor capacity of the node, in millicores");
    public static final Metric CPU_NODE_ALLOCATABLE =
            share(16, "cpu/node_allocatable", 3, "Processor share of the node that pods may use, in millicores");
    public static final Metric CPU_NODE_UTILIZATION =
            share(17, "cpu/node_utilization", 6, "Processor use as a share of the node's allocatable");
    public static final Metric CPU_NODE_RESERVATION =
            share(18, "cpu/node_reservation", 6, "Processor requests of the node's pods as a share of its allocatable");

    public static final Metric CPU_PSI_SOME = cumulative(
            20, "cpu/psi_some", NANOSECONDS, "Time in which at least one task waited for a processor (pressure stall)");
    public static final Metric CPU_PSI_FULL = cumulative(
            21, "cpu/psi_full", NANOSECONDS, "Time in which all tasks waited for a processor (pressure stall)");
    public static final Metric CPU_PSI_SOME_AVG10 = share(
            22, "cpu/psi_some_avg10", 3, "Percent of the last 10 s in which at least one task waited for a processor");
    public static final Metric CPU_PSI_FULL_AVG10 =
            share(23, "cpu/psi_full_avg10", 3, "Percent of the last 10 s in which all tasks waited for a processor");

    public static final Metric MEMORY_USAGE =
            gauge(30, "memory/usage", BYTES, "Memory in use, including all memory regardless of when it was accessed");
    public static final Metric MEMORY_RSS = gauge(31, "memory/rss", BYTES, "Anonymous memory and swap cache");
    public static final Metric MEMORY_CACHE = gauge(32, "memory/cache", BYTES, "Page cache memory");
    public static final Metric MEMORY_WORKING_SET = gauge(
            33, "memory/working_set", BYTES, "Memory in use that the kernel cannot easily take back (working set)");
    public static final Metric MEMORY_AVAILABLE = gauge(
            34, "memory/available", BYTES, "Memory left below the limit, where there is one: limit less working set");
    public static final Metric MEMORY_PAGE_FAULTS =
            cumulative(35, "memory/page_faults", COUNT, "Number of page faults");
    public static final Metric MEMORY_PAGE_FAULTS_RATE =
            rate(36, "memory/page_faults_rate", MEMORY_PAGE_FAULTS, "Page faults a second");
    public static final Metric MEMORY_MAJOR_PAGE_FAULTS =
            cumulative(37, "memory/major_page_faults", COUNT, "Number of page faults that had to read from a disk");
    public static final Metric MEMORY_MAJOR_PAGE_FAULTS_RATE =
            rate(38, "memory/major_page_faults_rate", MEMORY_MAJOR_PAGE_FAULTS, "Major page faults a second");
    public static final Metric MEMORY_REQUEST =
            gauge(39, "memory/request", BYTES, "Guaranteed memory; 0 when nothing is requested");
    public static final Metric MEMORY_LIMIT =
            gauge(40, "memory/limit", BYTES, "Hard limit on memory; 0 when there is none");
    public static final Metric MEMORY_NODE_CAPACITY =
            share(41, "memory/node_capacity", 0, "Memory capacity of the node, in bytes");
    public static final Metric MEMORY_NODE_ALLOCATABLE =
            share(42, "memory/node_allocatable", 0, "Memory of the node that pods may use, in bytes");
    public static final Metric MEMORY_NODE_UTILIZATION =
            share(43, "memory/node_utilization", 6, "Memory usage as a share of the node's allocatable");
    public static final Metric MEMORY_NODE_RESERVATION =
            share(44, "memory/node_reservation", 6, "Memory requests of the node's pods as a share of its allocatable");

    public static final Metric SWAP_USAGE = gauge(50, "swap/usage", BYTES, "Swap in use");
    public static final Metric SWAP_AVAILABLE = gauge(51, "swap/available", BYTES, "Swap left");
    public static final Metric MEMORY_PSI_SOME = cumulative(
            52, "memory/psi_some", NANOSECONDS, "Time in which at least one task waited for memory (pressure stall)");
    public static final Metric MEMORY_PSI_FULL = cumulative(
            53, "memory/psi_full", NANOSECONDS, "Time in which all tasks waited for memory (pressure stall)");
    public static final Metric MEMORY_PSI_SOME_AVG10 = share(
            54, "memory/psi_some_avg10", 3, "Percent of the last 10 s in which at least one task waited for memory");
    public static final Metric MEMORY_PSI_FULL_AVG10 =
            share(55, "memory/psi_full_avg10", 3, "Percent of the last 10 s in which all tasks waited for memory");

    public static final Metric NETWORK_RX = network(60, "network/rx", BYTES, "Bytes received over the network");
    public static final Metric NETWORK_RX_RATE =
            rate(61, "network/rx_rate", NETWORK_RX, "Bytes received over the network a second");
    public static final Metric NETWORK_RX_ERRORS =
            network(62, "network/rx_errors", COUNT, "Errors while receiving over the network");
    public static final Metric NETWORK_RX_ERRORS_RATE =
            rate(63, "network/rx_errors_rate", NETWORK_RX_ERRORS, "Errors while receiving over the network a second");
    public static final Metric NETWORK_TX = network(64, "network/tx", BYTES, "Bytes sent over the network");
    public static final Metric NETWORK_TX_RATE =
            rate(65, "network/tx_rate", NETWORK_TX, "Bytes sent over the network a second");
    public static final Metric NETWORK_TX_ERRORS =
            network(66, "network/tx_errors", COUNT, "Errors while sending over the network");
    public static final Metric NETWORK_TX_ERRORS_RATE =
            rate(67, "network/tx_errors_rate", NETWORK_TX_ERRORS, "Errors while sending over the network a second");

    public static final Metric FILESYSTEM_USAGE =
            labelled(80, "filesystem/usage", BYTES, RESOURCE, "Bytes used on a file system");
    public static final Metric FILESYSTEM_LIMIT =
            labelled(81, "filesystem/limit", BYTES, RESOURCE, "Size of a file system");
    public static final Metric FILESYSTEM_AVAILABLE =
            labelled(82, "filesystem/available", BYTES, RESOURCE, "Bytes left on a file system");
    public static final Metric FILESYSTEM_INODES =
            labelled(83, "filesystem/inodes", COUNT, RESOURCE, "Number of inodes of a file system");
    public static final Metric FILESYSTEM_INODES_FREE =
            labelled(84, "filesystem/inodes_free", COUNT, RESOURCE, "Number of free inodes of a file system");

    public static final Metric DISK_IO_READ_BYTES =
            labelledCumulative(90, "disk/io_read_bytes", BYTES, RESOURCE, "Bytes read from a disk");
    public static final Metric DISK_IO_READ_BYTES_RATE =
            rate(91, "disk/io_read_bytes_rate", DISK_IO_READ_BYTES, "Bytes read from a disk a second");
    public static final Metric DISK_IO_WRITE_BYTES =
            labelledCumulative(92, "disk/io_write_bytes", BYTES, RESOURCE, "Bytes written to a disk");
    public static final Metric DISK_IO_WRITE_BYTES_RATE =
            rate(93, "disk/io_write_bytes_rate", DISK_IO_WRITE_BYTES, "Bytes written to a disk a second");
    public static final Metric IO_PSI_SOME = cumulative(
            94, "io/psi_some", NANOSECONDS, "Time in which at least one task waited for a disk (pressure stall)");
    public static final Metric IO_PSI_FULL =
            cumulative(95, "io/psi_full", NANOSECONDS, "Time in which all tasks waited for a disk (pressure stall)");
    public static final Metric IO_PSI_SOME_AVG10 =
            share(96, "io/psi_some_avg10", 3, "Percent of the last 10 s in which at least one task waited for a disk");
    public static final Metric IO_PSI_FULL_AVG10 =
            share(97, "io/psi_full_avg10", 3, "Percent of the last 10 s in which all tasks waited for a disk");

    public static final Metric ACCELERATOR_MEMORY_TOTAL =
            labelled(100, "accelerator/memory_total", BYTES, ACCELERATOR, "Memory of an accelerator");
    public static final Metric ACCELERATOR_MEMORY_USED =
            labelled(101, "accelerator/memory_used", BYTES, ACCELERATOR, "Memory in use on an accelerator");
    public static final Metric ACCELERATOR_DUTY_CYCLE = labelled(
            102, "accelerator/duty_cycle", COUNT, ACCELERATOR, "Percent of the last 10 s an accelerator was working");

    public static final Metric EPHEMERAL_STORAGE_USAGE =
            gauge(110, "ephemeral_storage/usage", BYTES, "Local ephemeral storage in use");
    public static final Metric EPHEMERAL_STORAGE_REQUEST =
            gauge(111, "ephemeral_storage/request", BYTES, "Guaranteed local ephemeral storage; 0 when none requested");
    public static final Metric EPHEMERAL_STORAGE_LIMIT =
            gauge(112, "ephemeral_storage/limit", BYTES, "Hard limit on local ephemeral storage; 0 when there is none");
    public static final Metric EPHEMERAL_STORAGE_NODE_CAPACITY =
            share(113, "ephemeral_storage/node_capacity", 0, "Local ephemeral storage of the node, in bytes");
    public static final Metric EPHEMERAL_STORAGE_NODE_ALLOCATABLE = share(
            114, "ephemeral_storage/node_allocatable", 0, "Local ephemeral storage of the node for its pods, in bytes");
    public static final Metric EPHEMERAL_STORAGE_NODE_UTILIZATION = share(
            115, "ephemeral_storage/node_utilization", 6, "Ephemeral storage in use as a share of the allocatable");
    public static final Metric EPHEMERAL_STORAGE_NODE_RESERVATION = share(
            116, "ephemeral_storage/node_reservation", 6, "Ephemeral storage requested as a share of the allocatable");

    public static final Metric NODES_COVERED = gauge(
            120, "nodes/covered", COUNT, "Nodes whose figures of the tick are in the sums of a cluster or namespace");
    public static final Metric NODES_KNOWN = gauge(
            121, "nodes/known", COUNT, "Nodes that were to answer: all of this tick and the one before, failed or not");
    public static final Metric CPU_NODES_USAGE_RATE = gauge(
            122,
            "cpu/nodes_usage_rate",
            COUNT,
            "Processor use of the cluster's nodes as wholes, in millicores: beyond all pods (`cpu/usage_rate`) that of "
                    + "system containers, the kernel and pods without figures");
    public static final Metric MEMORY_NODES_USAGE = gauge(
            123,
            "memory/nodes_usage",
            BYTES,
            "Memory in use on the cluster's nodes as wholes: beyond all pods (`memory/usage`) that of system "
                    + "containers, the kernel, caches that belong to no pod and pods without figures");
    public static final Metric MEMORY_NODES_WORKING_SET = gauge(
            124,
            "memory/nodes_working_set",
            BYTES,
            "Working set of the cluster's nodes as wholes: beyond all pods (`memory/working_set`) that of system "
                    + "containers, the kernel and pods without figures");
    public static final Metric NETWORK_NODES_RX_RATE = share(
            125,
            "network/nodes_rx_rate",
            3,
            "Bytes a second received by the cluster's nodes: unlike all pods (`network/rx_rate`) with the nodes' own "
                    + "traffic and that of pods on their network, without what pods of one node send each other");
    public static final Metric NETWORK_NODES_TX_RATE = share(
            126,
            "network/nodes_tx_rate",
            3,
            "Bytes a second sent by the cluster's nodes: unlike all pods (`network/tx_rate`) with the nodes' own "
                    + "traffic and that of pods on their network, without what pods of one node send each other");

    private Metrics() {}

    static List<Metric> declared() {
        return List.copyOf(DECLARED);
    }

    private static Metric declare(Metric metric) {
        DECLARED.add(metric);
        return metric;
    }

    private static Metric cumulative(int id, String name, Unit unit, String description) {
        return declare(new Metric(id, name, CUMULATIVE, INT64, unit, 0, ENTITY, List.of(), description, null));
    }

    private static Metric network(int id, String name, Unit unit, String description) {
        return declare(new Metric(id, name, CUMULATIVE, INT64, unit, 0, NETWORK, List.of(), description, null));
    }

    private static Metric gauge(int id, String name, Unit unit, String description) {
        return declare(new Metric(id, name, GAUGE, INT64, unit, 0, ENTITY, List.of(), description, null));
    }

    private static Metric share(int id, String name, int decimals, String description) {
        return declare(new Metric(id, name, GAUGE, DOUBLE, COUNT, decimals, ENTITY, List.of(), description, null));
    }

    private static Metric labelled(int id, String name, Unit unit, List<String> labels, String description) {
        return declare(new Metric(id, name, GAUGE, INT64, unit, 0, ENTITY, labels, description, null));
    }

    private static Metric labelledCumulative(int id, String name, Unit unit, List<String> labels, String description) {
        return declare(new Metric(id, name, CUMULATIVE, INT64, unit, 0, ENTITY, labels, description, null));
    }

    private static Metric integerRate(int id, String name, Metric of, String description) {
        return declare(new Metric(id, name, GAUGE, INT64, COUNT, 0, of.clock(), of.labels(), description, of));
    }

    private static Metric rate(int id, String name, Metric of, String description) {
        return declare(new Metric(id, name, GAUGE, DOUBLE, COUNT, 3, of.clock(), of.labels(), description, of));
    }
}
