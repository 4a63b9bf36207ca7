package io.heapster.scraper.source.cadvisor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file in which a "buddy" writes what machines there are: {@code {"items":[{"name":"host1","ip":"1.2.3.4"}]}}, names of
 * fields in upper or lower case. An empty file means none.
 */
final class HostsFile implements HostList {
    private static final int LIMIT = 16 << 20;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;
    private byte[] lastText = new byte[0];
    private Hosts last = Hosts.NONE;
    private boolean wasEmpty;

    HostsFile(Path file) {
        this.file = file;
    }

    @Override
    public Hosts look() throws IOException {
        byte[] text = read();
        // A writer that truncates the file first must not take all machines away.
        boolean emptied = text.length == 0 && !wasEmpty && !last.known().isEmpty();
        wasEmpty = text.length == 0;
        if (!emptied && !Arrays.equals(text, lastText)) {
            last = parse(text);
            lastText = text;
        }
        return last;
    }

    private byte[] read() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] text = in.readNBytes(LIMIT + 1);
            if (text.length > LIMIT) {
                throw new IOException(file + " has more than " + LIMIT + " bytes");
            }
            return text;
        } catch (NoSuchFileException e) {
            throw new IOException(file + " is there no more: let its buddy write it again", e);
        }
    }

    private Hosts parse(byte[] text) throws IOException {
        if (text.length == 0) {
            return Hosts.NONE;
        }
        JsonNode items;
        try {
            items = field(JSON.readTree(text), "items");
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is no JSON document", e);
        }
        if (items == null || !(items.isArray() || items.isNull())) {
            throw new IOException(
                    file + " has no list \"items\": write {\"items\":[{\"name\":\"a\",\"ip\":\"1.2.3.4\"}]}");
        }
        Hosts.Builder hosts = new Hosts.Builder();
        for (JsonNode item : items) {
            hosts.add(text(item, "name"), text(item, "ip"));
        }
        return hosts.build();
    }

    private static String text(JsonNode item, String name) {
        JsonNode value = field(item, name);
        return value == null || !value.isTextual() ? "" : value.textValue();
    }

    private static @Nullable JsonNode field(@Nullable JsonNode object, String name) {
        if (object == null) {
            return null;
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (field.getKey().equalsIgnoreCase(name)) {
                return field.getValue();
            }
        }
        return null;
    }
}
