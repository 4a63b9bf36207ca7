package io.heapster.simulator.kubelet;

/** The blocks of figures of one entity, indented to its place in the document. */
final class StatsTemplates {
    private static final String PSI = """
            ,
             "psi": {
              "full": {
               "total": @,
               "avg10": 0,
               "avg60": 0,
               "avg300": 0
              },
              "some": {
               "total": @,
               "avg10": 0,
               "avg60": 0,
               "avg300": 0
              }
             }""";
    private static final String CPU = """
            "cpu": {
             "time": "#",
             "usageNanoCores": @,
             "usageCoreNanoSeconds": @""";
    private static final String MEMORY_BEFORE = """
            "memory": {
             "time": "#",
            """;
    private static final String MEMORY_AVAILABLE = """
             "availableBytes": @,
            """;
    private static final String MEMORY_AFTER = """
             "usageBytes": @,
             "workingSetBytes": @,
             "rssBytes": @,
             "pageFaults": @,
             "majorPageFaults": @""";
    private static final String IO = """
            "io": {
             "time": "#\"""";
    private static final String SWAP = """
            "swap": {
             "time": "#",
             "swapUsageBytes": @
            }""";
    private static final String NODE_SWAP = """
            "swap": {
             "time": "#",
             "swapAvailableBytes": 0,
             "swapUsageBytes": @
            }""";
    private static final String NETWORK = """
            "network": {
             "time": "#",
             "name": "eth0",
             "rxBytes": @,
             "rxErrors": @,
             "txBytes": @,
             "txErrors": @,
             "interfaces": [
              {
               "name": "eth0",
               "rxBytes": @,
               "rxErrors": @,
               "txBytes": @,
               "txErrors": @
              }
             ]
            }""";
    private static final String FILESYSTEM = """
            {
             "time": "#",
             "availableBytes": @,
             "capacityBytes": @,
             "usedBytes": @,
             "inodesFree": @,
             "inodes": @,
             "inodesUsed": @
            }""";
    private static final String VOLUME = """
            "volume": [
             {
              "time": "#",
              "availableBytes": @,
              "capacityBytes": @,
              "usedBytes": @,
              "inodesFree": @,
              "inodes": @,
              "inodesUsed": @,
              "name": "data"
             }
            ]""";

    final Template cpu;
    final Template memory;
    final Template memoryWithAvailable;
    final Template io;
    final Template swap;
    final Template nodeSwap;
    final Template network;
    final Template fs;
    final Template rootfs;
    final Template logs;
    final Template volume;
    final Template ephemeralStorage;
    final Template processStats;

    StatsTemplates(int depth, boolean pressure) {
        String psi = pressure ? PSI : "";
        cpu = Template.of(CPU + psi + "\n}", depth);
        memory = Template.of(MEMORY_BEFORE + MEMORY_AFTER + psi + "\n}", depth);
        memoryWithAvailable = Template.of(MEMORY_BEFORE + MEMORY_AVAILABLE + MEMORY_AFTER + psi + "\n}", depth);
        io = Template.of(IO + psi + "\n}", depth);
        swap = Template.of(SWAP, depth);
        nodeSwap = Template.of(NODE_SWAP, depth);
        network = Template.of(NETWORK, depth);
        fs = Template.of("\"fs\": " + FILESYSTEM, depth);
        rootfs = Template.of("\"rootfs\": " + FILESYSTEM, depth);
        logs = Template.of("\"logs\": " + FILESYSTEM, depth);
        volume = Template.of(VOLUME, depth);
        ephemeralStorage = Template.of("\"ephemeral-storage\": " + FILESYSTEM, depth);
        processStats = Template.of("""
                "process_stats": {
                 "process_count": @
                }""", depth);
    }
}
