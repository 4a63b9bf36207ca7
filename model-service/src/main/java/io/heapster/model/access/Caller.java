package io.heapster.model.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A user as Kubernetes knows them.
 *
 * @param name never empty
 * @param uid empty where none is known
 * @param extra what else the authenticator told, by lower-case key
 */
record Caller(String name, String uid, List<String> groups, Map<String, List<String>> extra) {
    private static final String AUTHENTICATED = "system:authenticated";
    private static final String ANONYMOUS = "system:anonymous";

    Caller {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }

    /** With the group of all authenticated users, which roles such as that for discovery are bound to. */
    static Caller authenticated(String name, String uid, List<String> groups, Map<String, List<String>> extra) {
        List<String> all = new ArrayList<>(groups);
        if (!all.contains(AUTHENTICATED) && !name.equals(ANONYMOUS)) {
            all.add(AUTHENTICATED);
        }
        return new Caller(name, uid, all, extra);
    }
}
