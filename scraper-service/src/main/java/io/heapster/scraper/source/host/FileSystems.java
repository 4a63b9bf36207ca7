package io.heapster.scraper.source.host;

import static io.heapster.contract.metric.Metrics.FILESYSTEM_AVAILABLE;
import static io.heapster.contract.metric.Metrics.FILESYSTEM_LIMIT;
import static io.heapster.contract.metric.Metrics.FILESYSTEM_USAGE;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.Samples;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The file systems on disks of this machine, one for each device, named by where they are mounted. Those of the network
 * are left out: a server that is away would hold up all else.
 */
final class FileSystems {
    private static final Set<String> ON_DISK = Set.of(
            "ext2",
            "ext3",
            "ext4",
            "xfs",
            "btrfs",
            "zfs",
            "f2fs",
            "jfs",
            "reiserfs",
            "bcachefs",
            "vfat",
            "exfat",
            "ntfs",
            "ntfs3");

    private final Path root;
    private final Path proc;
    private final TextFile text;

    FileSystems(Path root, Path proc, TextFile text) {
        this.root = root;
        this.proc = proc;
        this.text = text;
    }

    void read(Entity node, List<String> warnings) {
        Set<String> seenDevices = new HashSet<>();
        boolean rootSeen = false;
        for (Mount mount : mounts()) {
            // The first mount of a device is the one it was made for; later ones show parts of it again.
            if (mount.point().equals("/") || (ON_DISK.contains(mount.type()) && seenDevices.add(mount.device()))) {
                if (mount.point().equals("/")) {
                    seenDevices.add(mount.device());
                    if (rootSeen) {
                        continue;
                    }
                    rootSeen = true;
                }
                add(node, mount.point(), warnings);
            }
        }
    }

    private record Mount(String device, String point, String type) {}

    private List<Mount> mounts() {
        if (!text.open(proc.resolve("1/mounts"))) {
            text.open(proc.resolve("mounts"));
        }
        List<Mount> mounts = new ArrayList<>();
        while (text.nextLine()) {
            String device = text.word();
            String point = unescaped(text.word());
            mounts.add(new Mount(device, point, text.word()));
        }
        return mounts;
    }

    private void add(Entity node, String point, List<String> warnings) {
        Path path = root.resolve(point.substring(1));
        try {
            FileStore store = Files.getFileStore(path);
            long total = store.getTotalSpace();
            if (total <= 0) {
                return;
            }
            Samples samples = node.resource(Labels.of(LabelKey.RESOURCE_ID, point));
            samples.add(FILESYSTEM_USAGE, total - store.getUnallocatedSpace());
            samples.add(FILESYSTEM_LIMIT, total);
            samples.add(FILESYSTEM_AVAILABLE, store.getUsableSpace());
        } catch (IOException e) {
            warnings.add("filesystem: " + e);
        }
    }

    /** The kernel writes blanks and backslashes in paths as three octal digits. */
    private static String unescaped(String path) {
        return path.indexOf('\\') < 0
                ? path
                : path.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
    }
}
