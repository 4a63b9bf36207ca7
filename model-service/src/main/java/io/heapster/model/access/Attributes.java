package io.heapster.model.access;

import java.util.List;
import java.util.Locale;

/**
 * What a request wants, in the words of Kubernetes' roles.
 *
 * @param path of a request for no resource; empty otherwise, as the other parts are for a path
 * @param namespace empty for the whole cluster
 * @param name empty for all
 */
record Attributes(
        String verb,
        String path,
        String group,
        String version,
        String resource,
        String subresource,
        String namespace,
        String name) {
    private static final int RESOURCE_POSITION = 3;

    /** @param segments of the path, decoded, without empty ones */
    static Attributes of(String method, List<String> segments, boolean watch) {
        if (segments.size() <= RESOURCE_POSITION || !segments.get(0).equals("apis")) {
            return new Attributes(
                    method.toLowerCase(Locale.ROOT), "/" + String.join("/", segments), "", "", "", "", "", "");
        }
        List<String> rest = segments.subList(RESOURCE_POSITION, segments.size());
        String namespace = "";
        if (rest.get(0).equals("namespaces") && rest.size() > 1) {
            namespace = rest.get(1);
            rest = rest.size() > 2 ? rest.subList(2, rest.size()) : rest;
        }
        String name = rest.size() > 1 ? rest.get(1) : "";
        String subresource = rest.size() > 2 ? rest.get(2) : "";
        return new Attributes(
                verb(method, name.isEmpty(), watch),
                "",
                segments.get(1),
                segments.get(2),
                rest.get(0),
                subresource,
                namespace,
                name);
    }

    private static String verb(String method, boolean all, boolean watch) {
        return switch (method) {
            case "GET", "HEAD" -> watch ? "watch" : all ? "list" : "get";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "DELETE" -> all ? "deletecollection" : "delete";
            default -> method.toLowerCase(Locale.ROOT);
        };
    }

    boolean isResource() {
        return path.isEmpty();
    }

    /** Why the user may not, and the rule that would let them. */
    String refusal(String user) {
        if (!isResource()) {
            return "forbidden: User \"" + user + "\" cannot " + verb + " path \"" + path
                    + "\"; the cure is a ClusterRole with nonResourceURLs [\"" + path + "\"], verbs [\"" + verb
                    + "\"], bound to the user";
        }
        String kind = subresource.isEmpty() ? resource : resource + "/" + subresource;
        return resource + "." + group + (name.isEmpty() ? "" : " \"" + name + "\"") + " is forbidden: User \"" + user
                + "\" cannot " + verb + " resource \"" + kind + "\" in API group \"" + group + "\" "
                + (namespace.isEmpty() ? "at the cluster scope" : "in the namespace \"" + namespace + "\"")
                + "; the cure is a " + (namespace.isEmpty() ? "ClusterRole" : "Role or ClusterRole")
                + " with apiGroups [\"" + group + "\"], resources [\"" + kind + "\"], verbs [\"" + verb
                + "\"], bound to the user";
    }
}
