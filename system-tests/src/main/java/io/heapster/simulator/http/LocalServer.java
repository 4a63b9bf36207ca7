package io.heapster.simulator.http;

import io.heapster.simulator.access.TestCertificate;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An HTTP/1.1 server with threads of its own. */
public final class LocalServer implements AutoCloseable {
    private static final int ACCEPT_BACKLOG = 8_192;
    private static final int ANY_SHARED_PORT = -1;
    private static final long PATIENCE_SECONDS = 30;

    private final Vertx vertx;
    private final int port;
    private final boolean tls;

    private LocalServer(Vertx vertx, int port, boolean tls) {
        this.vertx = vertx;
        this.port = port;
        this.tls = tls;
    }

    /**
     * Starts to listen on all addresses.
     *
     * @param certificate what the server shows; null for plain HTTP
     * @param port TCP port, 0 for any
     * @param threads threads that handle requests
     * @param handler handles each request, on one of the threads
     */
    public static LocalServer start(
            @Nullable TestCertificate certificate, int port, int threads, Handler<HttpServerRequest> handler) {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(threads)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        AtomicInteger bound = new AtomicInteger();
        try {
            await(vertx.deployVerticle(
                    () -> new AbstractVerticle() {
                        @Override
                        public void start(Promise<Void> started) {
                            HttpServer server = vertx.createHttpServer(options(certificate));
                            server.requestHandler(handler)
                                    .listen(port == 0 ? ANY_SHARED_PORT : port, "0.0.0.0")
                                    .onSuccess(listening -> bound.set(listening.actualPort()))
                                    .<Void>mapEmpty()
                                    .onComplete(started);
                        }
                    },
                    new DeploymentOptions().setInstances(threads)));
        } catch (IllegalStateException e) {
            await(vertx.close());
            throw e;
        }
        return new LocalServer(vertx, bound.get(), certificate != null);
    }

    private static HttpServerOptions options(@Nullable TestCertificate certificate) {
        HttpServerOptions options =
                new HttpServerOptions().setAcceptBacklog(ACCEPT_BACKLOG).setTcpNoDelay(true);
        if (certificate != null) {
            options.setSsl(true)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .addCertValue(Buffer.buffer(certificate.certificatePem()))
                            .addKeyValue(Buffer.buffer(certificate.keyPem())));
        }
        return options;
    }

    /** The port listened on. */
    public int port() {
        return port;
    }

    /** The server's URL by this host name or address. */
    public String url(String host) {
        return (tls ? "https://" : "http://") + host + ":" + port;
    }

    /** Runs the action once after so many milliseconds, on a thread of the server; returns a number to cancel it by. */
    public long after(long millis, Runnable action) {
        return vertx.setTimer(Math.max(1, millis), fired -> action.run());
    }

    /** Runs the action every so many milliseconds, on a thread of the server; returns a number to cancel it by. */
    public long every(long millis, Runnable action) {
        return vertx.setPeriodic(millis, fired -> action.run());
    }

    /** Cancels what {@link #after} or {@link #every} began. */
    public void cancel(long number) {
        vertx.cancelTimer(number);
    }

    /** Closes the port and all connections. */
    @Override
    public void close() {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("no answer within " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
