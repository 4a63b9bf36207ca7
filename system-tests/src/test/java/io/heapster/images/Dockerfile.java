package io.heapster.images;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The instructions of a Dockerfile, and what they make of the files of its module. */
record Dockerfile(Path module, List<Instruction> instructions) {
    private static final Pattern PAIR = Pattern.compile("([A-Za-z_.]+)=\"([^\"]*)\"");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    record Instruction(String name, String arguments) {}

    /** A file or what is in a directory, and where in the image it goes. */
    record Copy(String from, String to) {}

    static Dockerfile of(Path module, String name) throws IOException {
        List<Instruction> instructions = new ArrayList<>();
        String text = Files.readString(module.resolve("src/main/docker").resolve(name))
                .replaceAll("(?m)^#.*\n", "")
                .replaceAll("\\\\\n *", " ");
        for (String line : text.split("\n", -1)) {
            if (!line.isBlank()) {
                String[] parts = line.split(" ", 2);
                instructions.add(new Instruction(parts[0], parts[1].trim()));
            }
        }
        return new Dockerfile(module, instructions);
    }

    List<String> all(String name) {
        return instructions.stream()
                .filter(instruction -> instruction.name().equals(name))
                .map(Instruction::arguments)
                .toList();
    }

    /** Of an instruction that is there once. */
    String only(String name) {
        List<String> found = all(name);
        if (found.size() != 1) {
            throw new AssertionError(name + " stands there " + found.size() + " times");
        }
        return found.get(0);
    }

    Map<String, String> pairs(String name) {
        Map<String, String> pairs = new HashMap<>();
        for (String arguments : all(name)) {
            Matcher matcher = PAIR.matcher(arguments);
            while (matcher.find()) {
                pairs.put(matcher.group(1), matcher.group(2));
            }
        }
        return pairs;
    }

    /** The words of the JSON form, which no shell reads. */
    List<String> entrypoint() {
        return QUOTED.matcher(only("ENTRYPOINT"))
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    List<Copy> copies() {
        return all("COPY").stream()
                .map(arguments -> arguments.replaceAll("--[a-z]+=\\S+ ", "").split(" ", -1))
                .map(paths -> new Copy(paths[0], paths[1]))
                .toList();
    }

    /** The module's files that a source of a copy means. */
    List<Path> meant(Copy copy) throws IOException {
        Path pattern = module.resolve(copy.from());
        if (!copy.from().contains("*")) {
            return Files.exists(pattern) ? List.of(pattern) : List.of();
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern.getFileName());
        try (Stream<Path> files = Files.list(pattern.getParent())) {
            return files.filter(file -> matcher.matches(file.getFileName())).toList();
        }
    }
}
