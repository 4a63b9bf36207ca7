package io.heapster.scraper.source.host;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.Labels;
import io.heapster.scraper.source.NodeInventory;
import io.heapster.scraper.source.Reading;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads this machine: the node, and its control groups as system containers. Not safe for several threads. */
final class HostReader {
    private final Labels labels;
    private final Clock clock;
    private final Machine machine;
    private final Interfaces interfaces;
    private final Disks disks;
    private final FileSystems fileSystems;
    private final Cgroups cgroups;

    HostReader(HostOptions options, Labels labels, Clock clock) {
        this.labels = labels;
        this.clock = clock;
        Path root = options.root();
        Path proc = root.resolve("proc");
        Path sys = root.resolve("sys");
        TextFile text = new TextFile();
        this.machine = new Machine(proc, text);
        this.interfaces = new Interfaces(proc, sys, text);
        this.disks = new Disks(proc, sys, text);
        this.fileSystems = new FileSystems(root, proc, text);
        this.cgroups = new Cgroups(root, options.maxCgroups(), text, disks);
    }

    Reading read() {
        List<String> warnings = new ArrayList<>();
        List<Entity> entities = new ArrayList<>();
        Entity node = new Entity(EntityType.NODE, labels);
        node.measured(clock.millis());
        machine.read(node);
        interfaces.read(node.samples());
        disks.read(node);
        fileSystems.read(node, warnings);
        entities.add(node);
        cgroups.read(node, entities, warnings);
        return new Reading(entities, warnings);
    }

    /** What the machine has, as of the last reading: all of it may be used. */
    NodeInventory inventory() {
        double cpuMillis = 1_000.0 * machine.processors();
        double memory = machine.memoryBytes();
        return new NodeInventory(
                machine.processors() > 0,
                Labels.EMPTY,
                cpuMillis,
                cpuMillis,
                memory,
                memory,
                0,
                0,
                true,
                List.of(),
                Map.of());
    }
}
