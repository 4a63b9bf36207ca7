package io.heapster.scraper;

import io.heapster.contract.flag.EditDistance;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.scraper.source.Source;
import io.heapster.scraper.source.SourceFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the sources that the user named; without any, the cluster this process can reach, else this machine. */
final class SourceSelection {
    private static final Logger LOG = LoggerFactory.getLogger(SourceSelection.class);
    private static final String CLUSTER = "kubernetes.summary_api";
    private static final String MACHINE = "host";
    private static final Pattern CURRENT_CONTEXT = Pattern.compile("(?m)^current-context:[ \"']*([^\\s\"']+)");

    private final Map<String, SourceFactory> factories = new TreeMap<>();
    private final Map<String, String> environment;
    private final Path tokenFile;
    private final Path home;

    /** @param root {@code /}, or where tests have laid out files */
    SourceSelection(List<SourceFactory> factories, Map<String, String> environment, Path root, Path home) {
        for (SourceFactory factory : factories) {
            factory.keys().forEach(key -> this.factories.put(key, factory));
        }
        this.environment = environment;
        this.tokenFile = root.resolve("var/run/secrets/kubernetes.io/serviceaccount/token");
        this.home = home;
    }

    /** @throws IllegalArgumentException with one line: what is wrong and the cure */
    List<Source> select(List<String> uris) {
        List<Source> sources = new ArrayList<>();
        for (String text : uris.isEmpty() ? List.of(fallback()) : uris) {
            sources.add(create(ComponentUri.parse(text, environment)));
        }
        return sources;
    }

    private Source create(ComponentUri uri) {
        SourceFactory factory = factories.get(uri.key());
        if (factory == null) {
            throw new IllegalArgumentException(
                    "heapster.scraper.sources: '" + uri.key() + "' is no source, give one of " + factories.keySet());
        }
        unknownOptions(uri, factory.options()).forEach(LOG::warn);
        return factory.create(uri);
    }

    /** One line for each option that the source does not have. */
    static List<String> unknownOptions(ComponentUri uri, Set<String> known) {
        List<String> lines = new ArrayList<>();
        for (String option : uri.unknownOptions(known)) {
            lines.add("Source " + uri.key() + " has no option " + option + ": it has no effect; "
                    + EditDistance.nearest(option, new TreeSet<>(known))
                            .map(near -> "did you mean " + near + "?")
                            .orElse("known are " + new TreeSet<>(known)));
        }
        return lines;
    }

    private String fallback() {
        String why = whyCluster();
        String source = why.isEmpty() ? MACHINE : CLUSTER;
        LOG.info(
                "No source given: reading {} because {}",
                source,
                why.isEmpty() ? "this is no pod and there is no kubeconfig with a current context" : why);
        return source;
    }

    private String whyCluster() {
        if (!factories.containsKey(CLUSTER)) {
            return "";
        }
        if (environment.containsKey("KUBERNETES_SERVICE_HOST") && Files.isReadable(tokenFile)) {
            return "this is a pod of a cluster";
        }
        for (Path file : kubeconfigs()) {
            String context = currentContext(file);
            if (!context.isEmpty()) {
                return "the current context of " + file + " is " + context;
            }
        }
        return "";
    }

    private List<Path> kubeconfigs() {
        List<Path> files = new ArrayList<>();
        for (String file : environment.getOrDefault("KUBECONFIG", "").split(":")) {
            if (!file.isBlank()) {
                files.add(Path.of(file));
            }
        }
        return files.isEmpty() ? List.of(home.resolve(".kube/config")) : files;
    }

    /** The context if the file names one that it has; else empty. */
    private static String currentContext(Path kubeconfig) {
        try {
            String text = Files.readString(kubeconfig);
            Matcher current = CURRENT_CONTEXT.matcher(text);
            if (!current.find()) {
                return "";
            }
            String name = Pattern.quote(current.group(1));
            boolean exists = Pattern.compile("(?m)^[\\s-]*name:[ \"']*" + name + "[\"']?\\s*$")
                    .matcher(text)
                    .find();
            return exists ? current.group(1) : "";
        } catch (IOException e) {
            LOG.debug("No kubeconfig at {}: {}", kubeconfig, e.toString());
            return "";
        }
    }
}
