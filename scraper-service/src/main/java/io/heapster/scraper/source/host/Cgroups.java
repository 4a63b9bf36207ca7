package io.heapster.scraper.source.host;

import static io.heapster.contract.metric.Metrics.UPTIME;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every control group that tells anything, as a system container. */
final class Cgroups {
    private final Path mount;
    private final int most;
    private final CgroupName names;
    private final CgroupV1 v1;
    private final CgroupV2 v2;
    /** By path; what was seen at the last reading. */
    private Map<String, Known> known = new HashMap<>();

    /**
     * A group as it was first seen.
     *
     * @param inode tells a group from another that had its path
     * @param startMillis the kernel forgets it when memory is short, so it is kept
     */
    private record Known(long inode, long startMillis, String name) {}

    /**
     * @param root {@code /} of the machine
     * @param most how many groups are read at most
     */
    Cgroups(Path root, int most, TextFile text, Disks disks) {
        this.mount = root.resolve("sys/fs/cgroup");
        this.most = most;
        this.names = new CgroupName(root);
        this.v1 = new CgroupV1(text, disks);
        this.v2 = new CgroupV2(text, disks);
    }

    /** Appends an entity for each group; each is labelled as the node is. */
    void read(Entity node, List<Entity> entities, List<String> warnings) {
        CgroupTree tree = CgroupTree.of(mount);
        Set<String> paths = tree.paths(most);
        if (paths.size() >= most) {
            warnings.add("cgroups: more than max_cgroups=" + most);
        }
        Map<String, Known> seen = new HashMap<>(2 * paths.size());
        Set<String> taken = new HashSet<>();
        for (String path : paths) {
            Known group = known(tree, path, node.startMillis());
            if (group == null) {
                continue;
            }
            seen.put(path, group);
            String name = taken.add(group.name()) ? group.name() : path;
            Entity entity =
                    new Entity(EntityType.SYSTEM_CONTAINER, node.labels().with(LabelKey.CONTAINER_NAME, name));
            entity.started(group.startMillis());
            entity.measured(node.measuredMillis());
            read(tree, path, entity);
            if (entity.sampleCount() > 0) {
                if (group.startMillis() > 0) {
                    entity.samples().add(UPTIME, Math.max(0, entity.measuredMillis() - group.startMillis()));
                }
                entities.add(entity);
            }
        }
        known = seen;
    }

    private void read(CgroupTree tree, String path, Entity entity) {
        Path unified = group(tree.unified(), path);
        Path cpu = group(tree.cpu(), path);
        if (cpu != null) {
            v1.readCpu(cpu, entity);
        } else if (unified != null) {
            v2.readCpu(unified, entity);
        }
        Path memory = group(tree.memory(), path);
        if (memory != null) {
            v1.readMemory(memory, entity);
        } else if (unified != null) {
            v2.readMemory(unified, entity);
        }
        Path io = group(tree.io(), path);
        if (io != null) {
            v1.readIo(io, entity);
        } else if (unified != null) {
            v2.readIo(unified, entity);
        }
        if (unified != null) {
            v2.readPressure(unified, entity);
        }
    }

    private static @Nullable Path group(@Nullable Path hierarchy, String path) {
        if (hierarchy == null) {
            return null;
        }
        Path group = hierarchy.resolve(path);
        return path.isEmpty() || Files.isDirectory(group) ? group : null;
    }

    private @Nullable Known known(CgroupTree tree, String path, long bootMillis) {
        for (Path hierarchy : tree.hierarchies()) {
            Path group = hierarchy.resolve(path);
            try {
                Map<String, Object> attributes = Files.readAttributes(group, "unix:ino,ctime");
                long inode = attributes.get("ino") instanceof Long number ? number : 0;
                Known before = known.get(path);
                if (before != null && before.inode() == inode) {
                    return before;
                }
                long created = attributes.get("ctime") instanceof FileTime time ? time.toMillis() : 0;
                return new Known(inode, path.isEmpty() ? bootMillis : created, names.of(path));
            } catch (IOException e) {
                // Not in this hierarchy, or gone.
            }
        }
        return null;
    }
}
