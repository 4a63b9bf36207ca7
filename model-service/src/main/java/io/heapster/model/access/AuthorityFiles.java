package io.heapster.model.access;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Files that say what the cluster's config map would, in its words, with the headers that every API server uses. */
record AuthorityFiles(Path frontProxyCa, List<String> allowedNames, Optional<Path> usersCa) {
    CompletionStage<Map<String, String>> read() {
        Map<String, String> data = new HashMap<>();
        try {
            data.put("requestheader-client-ca-file", Files.readString(frontProxyCa));
            if (usersCa.isPresent()) {
                data.put("client-ca-file", Files.readString(usersCa.get()));
            }
        } catch (IOException e) {
            return CompletableFuture.failedStage(e);
        }
        data.put("requestheader-allowed-names", new JsonArray(allowedNames).encode());
        data.put("requestheader-username-headers", "[\"X-Remote-User\"]");
        data.put("requestheader-uid-headers", "[\"X-Remote-Uid\"]");
        data.put("requestheader-group-headers", "[\"X-Remote-Group\"]");
        data.put("requestheader-extra-headers-prefix", "[\"X-Remote-Extra-\"]");
        return CompletableFuture.completedStage(data);
    }
}
