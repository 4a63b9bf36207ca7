package io.heapster.sink.googlecloud.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hands out tokens to service accounts over HTTP, and whatever else it is told to answer. */
public final class GoogleAccounts implements AutoCloseable {
    /** What every account gets. */
    public static final String TOKEN = "fake-token";

    private static final String ASSERTION = "assertion=";

    private final List<String> claims = new CopyOnWriteArrayList<>();
    private final HttpServer http;

    public GoogleAccounts() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/token", "{\"access_token\":\"" + TOKEN + "\",\"expires_in\":3600,\"token_type\":\"Bearer\"}");
        http.start();
    }

    public String address() {
        return "127.0.0.1:" + http.getAddress().getPort();
    }

    /** What each request for a token said it was for, as JSON. */
    public List<String> claims() {
        return claims;
    }

    public void answer(String path, String body) {
        http.createContext(path, exchange -> {
            String request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            if (!request.isEmpty()) {
                String assertion = request.substring(request.indexOf(ASSERTION) + ASSERTION.length());
                claims.add(new String(Base64.getUrlDecoder().decode(assertion.split("\\.", -1)[1]), UTF_8));
            }
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.getResponseHeaders().add("Metadata-Flavor", "Google");
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    /** File of the credentials of a new account {@code sa@test.example} of {@link MonitoringService#PROJECT}. */
    public Path serviceAccount(Path directory) throws IOException, GeneralSecurityException {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2_048);
        String key = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII))
                .encodeToString(keys.generateKeyPair().getPrivate().getEncoded())
                .replace("\n", "\\n");
        String json = "{\"type\":\"service_account\",\"project_id\":\"" + MonitoringService.PROJECT
                + "\",\"private_key_id\":\"k1\",\"private_key\":\"-----BEGIN PRIVATE KEY-----\\n" + key
                + "\\n-----END PRIVATE KEY-----\\n\",\"client_email\":\"sa@test.example\","
                + "\"client_id\":\"1\",\"token_uri\":\"http://" + address() + "/token\"}";
        return Files.writeString(directory.resolve("account.json"), json);
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
