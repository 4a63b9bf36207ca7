package io.heapster.scraper.source.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heapster.contract.sample.Entity;
import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.ScrapeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A real document, what it decodes to, and the parts of it that can be mutated apart from the rest. */
final class FuzzedDocument {
    static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(200_000)
                    .maxNumberLength(1 << 20)
                    .build())
            .build());

    final String name;
    final byte[] bytes;
    final boolean json;
    final Decoding decoding;
    final List<Part> parts = new ArrayList<>();
    final List<String> whole;

    /**
     * A stretch of the document that tells of some entities and of no other.
     *
     * @param pointer where it is in the tree; empty in a document that is no tree
     * @param keys the entities that change when the part is missing
     */
    record Part(String pointer, int from, int to, Set<String> keys) {}

    private FuzzedDocument(String name, byte[] bytes, boolean json, Decoding decoding) throws ScrapeException {
        this.name = name;
        this.bytes = bytes;
        this.json = json;
        this.decoding = decoding;
        this.whole = contents(decoding.decode(bytes, bytes.length));
    }

    static FuzzedDocument json(String name, byte[] bytes, Decoding decoding) throws ScrapeException {
        FuzzedDocument document = new FuzzedDocument(name, bytes, true, decoding);
        document.findInTree();
        return document;
    }

    static FuzzedDocument lines(String name, byte[] bytes, Decoding decoding) throws ScrapeException {
        FuzzedDocument document = new FuzzedDocument(name, bytes, false, decoding);
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                if (bytes[from] != '#') {
                    document.add("", from, i);
                }
                from = i + 1;
            }
        }
        return document;
    }

    /** Every object and array that is an element of an array, or a value of an object at the root, counts as a part. */
    private void findInTree() throws ScrapeException {
        String text = new String(bytes, UTF_8);
        if (text.length() != bytes.length) {
            throw new IllegalArgumentException(name + " is not all ASCII");
        }
        try (JsonParser parser = JSON.getFactory().createParser(bytes)) {
            List<Integer> begins = new ArrayList<>();
            List<String> pointers = new ArrayList<>();
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructStart()) {
                    begins.add((int) parser.currentTokenLocation().getByteOffset());
                    pointers.add(
                            parser.getParsingContext().getParent() == null
                                    ? ""
                                    : parser.getParsingContext()
                                            .getParent()
                                            .pathAsPointer()
                                            .toString());
                } else if (token.isStructEnd()) {
                    int from = begins.remove(begins.size() - 1);
                    String pointer = pointers.remove(pointers.size() - 1);
                    boolean inArray = pointer.matches(".*/[0-9]+");
                    boolean ofRoot = begins.size() == 1;
                    if (!pointer.isEmpty() && begins.size() <= 4 && (inArray || ofRoot)) {
                        add(pointer, from, (int) parser.currentTokenLocation().getByteOffset() + 1);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String pointer, int from, int to) throws ScrapeException {
        Set<String> changed = new HashSet<>(whole);
        byte[] without = json ? with(from, to, "null".getBytes(ISO_8859_1)) : with(from, to, new byte[0]);
        List<String> rest;
        try {
            rest = contents(decoding.decode(without, without.length));
        } catch (ScrapeException e) {
            // without it the document is none: then it is about everything
            return;
        }
        rest.forEach(changed::remove);
        Set<String> keys = new HashSet<>();
        changed.forEach(content -> keys.add(keyOf(content)));
        if (keys.size() < whole.size() && to > from) {
            parts.add(new Part(pointer, from, to, keys));
        }
    }

    byte[] with(int from, int to, byte[] instead) {
        byte[] mutated = new byte[bytes.length - (to - from) + instead.length];
        System.arraycopy(bytes, 0, mutated, 0, from);
        System.arraycopy(instead, 0, mutated, from, instead.length);
        System.arraycopy(bytes, to, mutated, from + instead.length, bytes.length - to);
        return mutated;
    }

    byte[] bytesOf(Part part) {
        return java.util.Arrays.copyOfRange(bytes, part.from(), part.to());
    }

    JsonNode treeOf(Part part) {
        try {
            return JSON.readTree(bytesOf(part));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the mutated document is one, and the same as this apart from the part. */
    boolean isSameBeside(Part part, byte[] mutated) {
        if (!json) {
            String inside = new String(
                    mutated, part.from(), mutated.length - bytes.length + part.to() - part.from(), ISO_8859_1);
            return inside.indexOf('\n') < 0 && inside.indexOf('\r') < 0;
        }
        JsonNode tree = parsed(mutated);
        return tree != null && without(part, tree).equals(without(part, parsedOrThrow(bytes)));
    }

    private static JsonNode parsedOrThrow(byte[] document) {
        JsonNode tree = parsed(document);
        if (tree == null) {
            throw new IllegalStateException("no JSON");
        }
        return tree;
    }

    private static @Nullable JsonNode parsed(byte[] document) {
        try (JsonParser parser = JSON.getFactory().createParser(document)) {
            JsonNode tree = JSON.readTree(parser);
            return parser.nextToken() == null ? tree : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static JsonNode without(Part part, JsonNode tree) {
        int slash = part.pointer().lastIndexOf('/');
        JsonNode parent = tree.at(part.pointer().substring(0, slash));
        String last = part.pointer().substring(slash + 1).replace("~1", "/").replace("~0", "~");
        if (parent instanceof ArrayNode array && array.size() > Integer.parseInt(last)) {
            array.setNull(Integer.parseInt(last));
        } else if (parent instanceof ObjectNode object) {
            object.putNull(last);
        }
        return tree;
    }

    /** Entities of a reading that this document has, too, and that are not the part's, but not as this document has them. */
    List<String> wrong(Part part, Reading reading) {
        Set<String> contents = new HashSet<>(contents(reading));
        List<String> wrong = new ArrayList<>();
        for (String content : whole) {
            if (!part.keys().contains(keyOf(content)) && !contents.contains(content)) {
                wrong.add(content);
            }
        }
        return wrong;
    }

    /** Whether the part, as mutated, names an entity that it did not name before: then it may well tell of that one. */
    boolean isNamedIn(String content, byte[] mutatedPart) {
        String key = keyOf(content);
        String ownName = key.substring(key.lastIndexOf(':') + 1);
        return new String(mutatedPart, ISO_8859_1).contains(ownName);
    }

    static List<String> contents(Reading reading) {
        Map<String, Integer> seen = new HashMap<>();
        List<String> contents = new ArrayList<>();
        for (Entity entity : reading.entities()) {
            String key = entity.type() + " " + entity.key();
            int nth = seen.merge(key, 1, Integer::sum);
            contents.add(key + "\u0000" + nth + " " + entity.startMillis() + " " + entity.measuredMillis() + " "
                    + entity.networkMeasuredMillis() + " " + entity.labels() + " " + entity.samples() + " "
                    + entity.resources());
        }
        return contents;
    }

    private static String keyOf(String content) {
        return content.substring(0, content.indexOf('\u0000'));
    }
}
