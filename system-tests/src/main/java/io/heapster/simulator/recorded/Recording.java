package io.heapster.simulator.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The documents recorded from one version of Kubernetes, in two rounds. */
public enum Recording {
    V1_20_2("v1.20.2"),
    V1_36_2("v1.36.2");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String folder;

    Recording(String folder) {
        this.folder = folder;
    }

    /** What the kubelet of node-1 answered to {@code GET /stats/summary}, byte for byte. */
    public byte[] summary(int round) {
        return bytes("kubelet/stats-summary." + round + ".json");
    }

    /** A list of the API server, such as {@code pods}, byte for byte. */
    public byte[] list(String plural, int round) {
        return bytes("api/" + plural + (round == 1 ? "" : "." + round) + ".json");
    }

    /** A document of the API server without rounds: {@code version}, {@code api} or {@code apis}. */
    public byte[] document(String name) {
        return bytes("api/" + name + ".json");
    }

    /** {@link #summary} parsed. */
    public JsonNode summaryTree(int round) {
        return tree(summary(round));
    }

    /** {@link #list} parsed. */
    public JsonNode listTree(String plural, int round) {
        return tree(list(plural, round));
    }

    private static JsonNode tree(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] bytes(String file) {
        String path = "/recorded/" + folder + "/" + file;
        try (InputStream in = Recording.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new FileNotFoundException(path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
