package io.heapster.scraper.source.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of control groups that people know: {@code docker/web} or {@code containerd/0123456789ab} for containers,
 * {@code system.slice/ssh.service} for all else.
 */
final class CgroupName {
    private static final int SHORT_ID = 12;
    private static final Pattern CONTAINER = Pattern.compile(
            "(?:.*:)?(docker|cri-containerd|crio|libpod|nerdctl|lxc)[-:](conmon-)?([0-9a-f]{64})(?:\\.scope)?");
    private static final Pattern BARE_ID = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern ESCAPE = Pattern.compile("\\\\x([0-9a-f]{2})");
    private static final Pattern DOCKER_NAME = Pattern.compile("\"Name\":\"/([^\"]+)\"");
    private static final Map<String, String> ENGINES = Map.of(
            "docker", "docker",
            "cri-containerd", "containerd",
            "crio", "cri-o",
            "libpod", "podman",
            "libpod_parent", "podman",
            "nerdctl", "nerdctl",
            "lxc", "lxc");

    private final Path dockerContainers;

    /** @param root {@code /} of the machine */
    CgroupName(Path root) {
        dockerContainers = root.resolve("var/lib/docker/containers");
    }

    /** @param path from the hierarchy's root, without a leading slash; empty for the root itself */
    String of(String path) {
        if (path.isEmpty()) {
            return "/";
        }
        List<String> name = new ArrayList<>();
        String parent = "";
        for (String part : path.split("/")) {
            Matcher container = CONTAINER.matcher(part);
            if (container.matches()) {
                name.clear();
                String engine = ENGINES.getOrDefault(container.group(1), container.group(1));
                name.add(container.group(2) == null ? engine : engine + "-conmon");
                name.add(container(engine, container.group(3)));
            } else if (BARE_ID.matcher(part).matches()) {
                String engine = ENGINES.getOrDefault(parent, "");
                if (!engine.isEmpty()) {
                    name.clear();
                    name.add(engine);
                }
                name.add(container(engine, part));
            } else {
                name.add(unescaped(part));
            }
            parent = part;
        }
        return String.join("/", name);
    }

    private String container(String engine, String id) {
        if (engine.equals("docker")) {
            try {
                Matcher name = DOCKER_NAME.matcher(
                        Files.readString(dockerContainers.resolve(id).resolve("config.v2.json")));
                if (name.find()) {
                    return name.group(1);
                }
            } catch (IOException e) {
                // Only root may read it: the identifier has to do.
                return id.substring(0, SHORT_ID);
            }
        }
        return id.substring(0, SHORT_ID);
    }

    /** systemd writes characters that a unit's name cannot have as {@code \x2d}. */
    private static String unescaped(String unit) {
        return ESCAPE.matcher(unit)
                .replaceAll(escape ->
                        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
    }
}
