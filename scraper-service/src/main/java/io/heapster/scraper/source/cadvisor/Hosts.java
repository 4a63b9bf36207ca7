package io.heapster.scraper.source.cadvisor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a look brought.
 *
 * @param known machines of different names, in the order told
 * @param rejected what was no machine and why, a line each
 */
record Hosts(List<Host> known, List<String> rejected) {
    static final Hosts NONE = new Hosts(List.of(), List.of());

    /** Gathers machines as they are told. */
    static final class Builder {
        /** As long as the name of a node of Kubernetes may be. */
        private static final int LONGEST_NAME = 253;

        private final Map<String, Host> byName = new LinkedHashMap<>();
        private final List<String> rejected = new ArrayList<>();

        /** Of two machines of one name the later counts, as in Heapster. */
        void add(String name, String address) {
            if (name.isBlank()) {
                rejected.add("a machine without a name, at '" + address + "'");
                return;
            }
            if (name.length() > LONGEST_NAME) {
                rejected.add(
                        "a machine whose name is longer than " + LONGEST_NAME + " characters, at '" + address + "'");
                return;
            }
            if (byName.put(name, new Host(name, address.strip())) != null) {
                rejected.add("two machines named " + name);
            }
        }

        void reject(String why) {
            rejected.add(why);
        }

        Hosts build() {
            return new Hosts(List.copyOf(byName.values()), List.copyOf(rejected));
        }
    }
}
