package io.heapster.scraper.source.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Makes one document of another: by bytes, which mostly breaks it, or by its tree, which leaves it whole. */
final class Mutation {
    private static final byte[] LIKELY = "{}[],:\"\\0123456789eE+-.ntfu \n\t\u00ff\u0000".getBytes(ISO_8859_1);
    private static final String[] VALUES = {
        "0",
        "-0",
        "-1",
        "1e3",
        "1E-9",
        "1e400",
        "-1e400",
        "0.1",
        "1.7976931348623157e308",
        "9007199254740993",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "18446744073709551615",
        "18446744073709551616",
        "123456789012345678901234567890",
        "0.000000000000000000000000000001",
        "null",
        "true",
        "false",
        "\"\"",
        "\"x\"",
        "\"9\"",
        "\"\\u0000\\ud800\\n\\\"\"",
        "\"2026-11-21T08:00:00Z\"",
        "\"0001-01-01T00:00:00Z\"",
        "\"9999-99-99T99:99:99Z\"",
        "\"2026-11-21T08:00:00.123456789+14:00\"",
        "{}",
        "[]",
        "[{}]",
        "{\"\":null}",
        "[[[[[[]]]]]]",
        "\"+Inf\"",
        "\"NaN\""
    };

    private final Random random;

    Mutation(long seed) {
        random = new Random(seed);
    }

    int choice(int bound) {
        return random.nextInt(bound);
    }

    /** Some bytes changed, put in, left out, or repeated. */
    byte[] ofBytes(byte[] bytes) {
        byte[] mutated = bytes;
        for (int i = 1 + random.nextInt(4); i > 0 && mutated.length > 0; i--) {
            int at = random.nextInt(mutated.length);
            int to = Math.min(mutated.length, at + 1 + random.nextInt(random.nextInt(8) == 0 ? 400 : 6));
            byte[] instead =
                    switch (random.nextInt(5)) {
                        case 0 -> new byte[] {likely()};
                        case 1 -> new byte[] {(byte) random.nextInt()};
                        case 2 -> new byte[0];
                        case 3 -> twice(Arrays.copyOfRange(mutated, at, to));
                        default -> value().getBytes(UTF_8);
                    };
            mutated = replaced(mutated, at, random.nextBoolean() ? at : to, instead);
        }
        return mutated;
    }

    private static byte[] twice(byte[] bytes) {
        byte[] twice = Arrays.copyOf(bytes, 2 * bytes.length);
        System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);
        return twice;
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] instead) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + instead.length);
        out.write(bytes, 0, from);
        out.writeBytes(instead);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }

    private byte likely() {
        return LIKELY[random.nextInt(LIKELY.length)];
    }

    private String value() {
        return switch (random.nextInt(40)) {
            case 0 -> "[".repeat(2_000) + "]".repeat(2_000);
            case 1 -> "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000);
            case 2 -> "\"" + "x".repeat(100_000) + "\"";
            case 3 -> "7".repeat(5_000);
            case 4 -> "0." + "3".repeat(5_000);
            default -> VALUES[random.nextInt(VALUES.length)];
        };
    }

    /** Some fields of the tree given other values, left out, named otherwise, repeated or put in another order; as JSON. */
    byte[] ofTree(JsonNode tree) {
        JsonNode mutated = tree.deepCopy();
        String text = "";
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            List<JsonNode> holders = new ArrayList<>();
            collect(mutated, holders);
            if (holders.isEmpty()) {
                break;
            }
            mutate(holders.get(random.nextInt(holders.size())));
        }
        try {
            text = random.nextBoolean()
                    ? FuzzedDocument.JSON.writeValueAsString(mutated)
                    : FuzzedDocument.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(mutated);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        // The values go in as text, since a tree would tidy them up.
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf(HERE); at >= 0; at = text.indexOf(HERE, from)) {
            out.append(text, from, at).append(value());
            from = at + HERE.length();
        }
        return out.append(text, from, text.length()).toString().getBytes(UTF_8);
    }

    private static final String HERE = "\"@here@\"";

    private static void collect(JsonNode node, List<JsonNode> holders) {
        if (node.isContainerNode() && !node.isEmpty()) {
            holders.add(node);
            node.forEach(child -> collect(child, holders));
        }
    }

    private void mutate(JsonNode holder) {
        if (holder instanceof ArrayNode array) {
            int at = random.nextInt(array.size());
            switch (random.nextInt(3)) {
                case 0 -> array.set(at, "@here@");
                case 1 -> array.add(array.get(at).deepCopy());
                default -> array.remove(at);
            }
        } else if (holder instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            JsonNode value = object.get(name);
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> object.put(name, "@here@");
                case 3 -> object.remove(name);
                case 4 -> object.set(name + "x", object.remove(name));
                default -> {
                    Collections.shuffle(names, random);
                    ObjectNode copy = object.deepCopy();
                    object.removeAll();
                    names.forEach(each -> object.set(each, copy.get(each)));
                    object.set("unknown", value.deepCopy());
                }
            }
        }
    }
}
