package io.heapster.model.resourcemetrics;

import io.heapster.model.json.JsonWriter;

/** The documents by which clients find out what is served. */
final class Discovery {
    private Discovery() {}

    /** The groups: {@code APIGroupList}. */
    static void groups(JsonWriter json) {
        json.beginObject().member("kind", "APIGroupList").member("apiVersion", "v1");
        json.name("groups").beginArray().beginObject();
        group(json);
        json.endObject().endArray().endObject();
    }

    /** The one group: {@code APIGroup}. */
    static void singleGroup(JsonWriter json) {
        json.beginObject().member("kind", "APIGroup").member("apiVersion", "v1");
        group(json);
        json.endObject();
    }

    private static void group(JsonWriter json) {
        json.member("name", Kind.GROUP).name("versions").beginArray();
        version(json);
        json.endArray().name("preferredVersion");
        version(json);
    }

    private static void version(JsonWriter json) {
        json.beginObject().member("groupVersion", Kind.GROUP_VERSION);
        json.member("version", Kind.VERSION).endObject();
    }

    /** What is in its one version: {@code APIResourceList}. */
    static void resources(JsonWriter json) {
        json.beginObject().member("kind", "APIResourceList").member("apiVersion", "v1");
        json.member("groupVersion", Kind.GROUP_VERSION).name("resources").beginArray();
        for (Kind kind : Kind.values()) {
            json.beginObject().member("name", kind.resource()).member("singularName", "");
            json.name("namespaced").value(kind.isNamespaced()).member("kind", kind.kind());
            verbs(json);
            json.endObject();
        }
        json.endArray().endObject();
    }

    private static void verbs(JsonWriter json) {
        json.name("verbs").beginArray().value("get").value("list").endArray();
    }

    /**
     * All of it in one document, as API servers since 1.26 prefer it: {@code APIGroupDiscoveryList}.
     *
     * @param version of the group {@code apidiscovery.k8s.io}
     */
    static void aggregated(String version, JsonWriter json) {
        json.beginObject().member("kind", "APIGroupDiscoveryList");
        json.member("apiVersion", "apidiscovery.k8s.io/" + version);
        json.name("metadata").beginObject().endObject();
        json.name("items").beginArray().beginObject();
        json.name("metadata").beginObject().member("name", Kind.GROUP).endObject();
        json.name("versions").beginArray().beginObject().member("version", Kind.VERSION);
        json.name("resources").beginArray();
        for (Kind kind : Kind.values()) {
            json.beginObject().member("resource", kind.resource());
            json.name("responseKind").beginObject().member("group", "").member("version", "");
            json.member("kind", kind.kind()).endObject();
            json.member("scope", kind.isNamespaced() ? "Namespaced" : "Cluster");
            json.member("singularResource", "");
            verbs(json);
            json.endObject();
        }
        json.endArray().member("freshness", "Current").endObject();
        json.endArray().endObject().endArray().endObject();
    }
}
