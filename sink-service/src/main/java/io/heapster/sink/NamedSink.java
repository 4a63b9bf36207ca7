package io.heapster.sink;

import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.delivery.Reduction;
import io.heapster.sink.spi.Sink;
import io.heapster.sink.spi.SinkFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sink the user asked for. Its name is that of its consumer group, so it decides where the sink goes on after a
 * restart: the option {@code name}, else the key, for a second of a kind {@code key-2} and so on.
 */
record NamedSink(String name, ComponentUri uri, Sink sink, Reduction reduction) {
    private static final Logger LOG = LoggerFactory.getLogger(NamedSink.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final String NAME_OPTION = "name";

    /** The key of its URI. */
    String kind() {
        return uri.key();
    }

    /**
     * Makes all sinks; no I/O.
     *
     * @param running those of which the ones named again, by the very same URI, are taken as they are
     * @throws IllegalArgumentException if a URI is wrong, in one line with the cure; then nothing was made
     */
    static List<NamedSink> all(
            List<String> uris,
            Iterable<SinkFactory> factories,
            Map<String, String> environment,
            List<NamedSink> running) {
        Map<String, SinkFactory> byKey = new TreeMap<>();
        factories.forEach(factory -> byKey.put(factory.key(), factory));
        List<ComponentUri> wanted = new ArrayList<>();
        for (String uri : uris) {
            wanted.add(about(wanted.size() + 1, "", () -> ComponentUri.parse(uri, environment)));
        }
        List<NamedSink> left = new ArrayList<>(running);
        List<NamedSink> made = new ArrayList<>();
        Set<String> names = new HashSet<>();
        // The names of sinks that stay are taken before any other is named.
        Map<Integer, NamedSink> sinks = new TreeMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            NamedSink same = takeSame(wanted.get(i), left);
            if (same != null) {
                sinks.put(i, same);
                names.add(same.name);
            }
        }
        try {
            for (int i = 0; i < wanted.size(); i++) {
                if (!sinks.containsKey(i)) {
                    ComponentUri uri = wanted.get(i);
                    NamedSink sink = about(i + 1, ", " + shown(uri), () -> make(uri, byKey, names));
                    made.add(sink);
                    sinks.put(i, sink);
                }
            }
        } catch (IllegalArgumentException e) {
            made.forEach(sink -> sink.sink.close());
            throw e;
        }
        return List.copyOf(sinks.values());
    }

    private static @Nullable NamedSink takeSame(ComponentUri uri, List<NamedSink> left) {
        for (NamedSink sink : left) {
            if (sink.uri.toString().equals(uri.toString())) {
                left.remove(sink);
                return sink;
            }
        }
        return null;
    }

    private static NamedSink make(ComponentUri uri, Map<String, SinkFactory> byKey, Set<String> names) {
        SinkFactory factory = byKey.get(uri.key());
        if (factory == null) {
            throw new IllegalArgumentException(
                    "there is no sink '" + uri.key() + "', use one of " + String.join(", ", byKey.keySet()));
        }
        String name = name(uri, names);
        warnOfUnknownOptions(uri, factory);
        Reduction reduction = Reduction.of(uri, factory.options());
        return new NamedSink(name, uri, factory.create(uri), reduction);
    }

    /** Says of which URI an error is: its number from 1, since the whole of it may hold a secret. */
    private static <T> T about(int number, String shown, Supplier<T> step) {
        try {
            return step.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("sink " + number + shown + ": " + e.getMessage(), e);
        }
    }

    private static String shown(ComponentUri uri) {
        return uri.address().map(address -> uri.key() + ":" + address).orElse(uri.key());
    }

    private static String name(ComponentUri uri, Set<String> taken) {
        String wanted = uri.option(NAME_OPTION).orElse("");
        if (!wanted.isEmpty()) {
            if (!NAME.matcher(wanted).matches()) {
                throw uri.wrong(NAME_OPTION, wanted, "letters, digits, dots, dashes and underscores");
            }
            if (!taken.add(wanted)) {
                throw uri.wrong(NAME_OPTION, wanted, "a name no other sink has");
            }
            return wanted;
        }
        String name = uri.key();
        for (int number = 2; !taken.add(name); number++) {
            name = uri.key() + "-" + number;
        }
        return name;
    }

    private static void warnOfUnknownOptions(ComponentUri uri, SinkFactory factory) {
        Set<String> known = new HashSet<>(factory.options());
        known.add(NAME_OPTION);
        known.addAll(Reduction.options());
        for (String option : uri.unknownOptions(known)) {
            LOG.warn("sink {}: option '{}' has no effect; known are {}", uri.key(), option, new TreeSet<>(known));
        }
    }
}
