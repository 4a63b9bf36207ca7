package io.heapster.model.access;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.ext.web.Router;

/** A gate before a page that says {@code let in}, once behind TLS and once without. */
final class GuardedServer {
    private final int tlsPort;
    private final int plainPort;

    GuardedServer(Vertx vertx, AccessGate gate, TestAuthority.Issued certificate) {
        Router router = Router.router(vertx);
        router.route().handler(gate::handle);
        router.route().handler(routing -> routing.end("let in"));
        HttpServerOptions tls = new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertValue(Buffer.buffer(certificate.certificatePem()))
                        .addKeyValue(Buffer.buffer(certificate.keyPem())))
                .setTrustOptions(TrustOptions.wrap(new PresentedCertificates()))
                .setClientAuth(ClientAuth.REQUEST);
        tlsPort = listen(vertx, router, tls);
        plainPort = listen(vertx, router, new HttpServerOptions());
    }

    private static int listen(Vertx vertx, Router router, HttpServerOptions options) {
        return vertx.createHttpServer(options.setHost("127.0.0.1").setPort(0))
                .requestHandler(router)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    String tls(String path) {
        return "https://127.0.0.1:" + tlsPort + path;
    }

    String plain(String path) {
        return "http://127.0.0.1:" + plainPort + path;
    }
}
