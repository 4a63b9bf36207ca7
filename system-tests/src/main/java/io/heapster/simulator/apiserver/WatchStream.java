package io.heapster.simulator.apiserver;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The way events take to one watching client: JSON lines in a chunked answer, or frames of a WebSocket. */
final class WatchStream {
    private final Context context;
    private final Deque<byte[]> beforeOpen = new ArrayDeque<>();
    private @Nullable HttpServerResponse response;
    private @Nullable ServerWebSocket socket;
    private boolean closed;

    private WatchStream(Context context) {
        this.context = context;
    }

    /** Begins the answer; {@code onClose} runs when the client or the server ends it. */
    static WatchStream open(HttpServerRequest request, Runnable onClose) {
        WatchStream stream = new WatchStream(Vertx.currentContext());
        if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            request.toWebSocket()
                    .onSuccess(opened -> {
                        opened.closeHandler(end -> onClose.run());
                        stream.opened(opened);
                    })
                    .onFailure(failure -> onClose.run());
        } else {
            HttpServerResponse response = request.response();
            response.putHeader("Content-Type", "application/json").setChunked(true);
            response.closeHandler(end -> onClose.run());
            response.writeHead();
            stream.response = response;
        }
        return stream;
    }

    private void opened(ServerWebSocket opened) {
        socket = opened;
        while (!beforeOpen.isEmpty()) {
            write(beforeOpen.removeFirst());
        }
        if (closed) {
            opened.close();
        }
    }

    /** Sends an event; from any thread, in order. */
    void send(byte[] event) {
        context.runOnContext(now -> write(event));
    }

    /** Ends the answer after what has been sent. */
    void close() {
        context.runOnContext(now -> {
            closed = true;
            if (response != null && !response.ended() && !response.closed()) {
                response.end();
            } else if (socket != null && !socket.isClosed()) {
                socket.close();
            }
        });
    }

    private void write(byte[] event) {
        if (response != null) {
            if (!response.closed() && !response.ended()) {
                response.write(Buffer.buffer(event).appendByte((byte) '\n'));
            }
        } else if (socket != null) {
            if (!socket.isClosed()) {
                socket.writeTextMessage(Buffer.buffer(event).toString());
            }
        } else {
            beforeOpen.add(event);
        }
    }
}
