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
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sink the user asked for. Its name is that of its consumer group, so it decides where the sink goes on after a
 * restart: the option {@code name}, else the key, for a second of a kind {@code key-2} and so on.
 */
record NamedSink(String name, String kind, Sink sink, Reduction reduction) {
    private static final Logger LOG = LoggerFactory.getLogger(NamedSink.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final String NAME_OPTION = "name";

    /**
     * Makes all sinks; no I/O.
     *
     * @throws IllegalArgumentException if a URI is wrong, in one line with the cure
     */
    static List<NamedSink> all(List<String> uris, Iterable<SinkFactory> factories, Map<String, String> environment) {
        Map<String, SinkFactory> byKey = new TreeMap<>();
        factories.forEach(factory -> byKey.put(factory.key(), factory));
        Set<String> names = new HashSet<>();
        List<NamedSink> sinks = new ArrayList<>();
        for (String text : uris) {
            ComponentUri uri = ComponentUri.parse(text, environment);
            SinkFactory factory = byKey.get(uri.key());
            if (factory == null) {
                throw new IllegalArgumentException("heapster.sink.sinks: there is no sink '" + uri.key()
                        + "', use one of " + String.join(", ", byKey.keySet()));
            }
            String name = name(uri, names);
            warnOfUnknownOptions(uri, factory);
            Reduction reduction = Reduction.of(uri, factory.options());
            sinks.add(new NamedSink(name, uri.key(), factory.create(uri), reduction));
        }
        return sinks;
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
