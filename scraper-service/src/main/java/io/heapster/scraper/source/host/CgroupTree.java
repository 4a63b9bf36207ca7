package io.heapster.scraper.source.host;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The control groups of a machine: one unified hierarchy (v2), one for each controller (v1), or both (hybrid). A group
 * is known by its path, which may exist in some hierarchies only.
 *
 * @param cpu v1 hierarchy of processor accounting; likewise memory and block I/O; null where there is none
 * @param unified v2 hierarchy; null where there is none
 */
record CgroupTree(
        @Nullable Path cpu,
        @Nullable Path memory,
        @Nullable Path io,
        @Nullable Path unified) {

    /** @param mount where control groups are mounted, {@code /sys/fs/cgroup} */
    static CgroupTree of(Path mount) {
        if (Files.exists(mount.resolve("cgroup.controllers"))) {
            return new CgroupTree(null, null, null, mount);
        }
        return new CgroupTree(
                first(mount, "cpuacct", "cpu,cpuacct", "cpuacct,cpu"),
                first(mount, "memory"),
                first(mount, "blkio"),
                first(mount, "unified"));
    }

    private static @Nullable Path first(Path mount, String... names) {
        for (String name : names) {
            if (Files.isDirectory(mount.resolve(name))) {
                return mount.resolve(name);
            }
        }
        return null;
    }

    /**
     * Paths of all groups from their hierarchies' roots, sorted, without a leading slash; the root's is empty.
     *
     * @param most how many there are at most; the deepest are left out
     */
    Set<String> paths(int most) {
        Set<String> paths = new TreeSet<>();
        paths.add("");
        for (Path hierarchy : hierarchies()) {
            collect(hierarchy, paths, most);
        }
        return paths;
    }

    /** The directories of a group, in the order in which they are asked for its start. */
    List<Path> hierarchies() {
        List<Path> hierarchies = new ArrayList<>(4);
        for (Path hierarchy : new @Nullable Path[] {unified, memory, cpu, io}) {
            if (hierarchy != null) {
                hierarchies.add(hierarchy);
            }
        }
        return hierarchies;
    }

    private static void collect(Path hierarchy, Set<String> paths, int most) {
        Deque<String> breadthFirst = new ArrayDeque<>();
        breadthFirst.add("");
        while (!breadthFirst.isEmpty()) {
            String parent = breadthFirst.remove();
            try (DirectoryStream<Path> children = Files.newDirectoryStream(
                    hierarchy.resolve(parent), child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS))) {
                for (Path child : children) {
                    String name = child.getFileName().toString();
                    String path = parent.isEmpty() ? name : parent + "/" + name;
                    if (paths.size() >= most && !paths.contains(path)) {
                        return;
                    }
                    paths.add(path);
                    breadthFirst.add(path);
                }
            } catch (IOException | DirectoryIteratorException e) {
                // Gone since it was listed, or not ours to read.
            }
        }
    }
}
