package io.heapster.sink.googlecloud.server;

import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.RetryInfo;
import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One gRPC service on a loopback port of its own, that can go away, come back on the same port, and fail calls. */
public final class GrpcServer implements AutoCloseable {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    /** More than the services take, so that theirs is the limit that speaks. */
    private static final int LARGEST_MESSAGE = 16 << 20;

    /** Certificate chain and private key, PEM. */
    public record Identity(File chain, File key) {}

    private record Fault(String method, StatusRuntimeException answer) {}

    private final BindableService service;
    private final Optional<Identity> identity;
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
    private @Nullable Server server;
    private int port;

    public GrpcServer(BindableService service, Optional<Identity> identity) throws IOException {
        this.service = service;
        this.identity = identity;
        start();
    }

    public GrpcServer(BindableService service) throws IOException {
        this(service, Optional.empty());
    }

    /** Starts, after {@link #stop} on the port it had. */
    public void start() throws IOException {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .executor(MoreExecutors.directExecutor())
                .maxInboundMessageSize(LARGEST_MESSAGE)
                .addService(ServerInterceptors.intercept(service, new Front()));
        identity.ifPresent(own -> builder.useTransportSecurity(own.chain(), own.key()));
        Server started = builder.build().start();
        port = started.getPort();
        server = started;
    }

    public void stop() throws InterruptedException {
        if (server != null) {
            server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    public int port() {
        return port;
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    /** The header of every call, empty when there was none. */
    public List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    /** Fails the next call of the method that is not to be failed yet. */
    public void failNext(String method, Status status) {
        faults.add(new Fault(method, status.asRuntimeException()));
    }

    /** Fails the next call with a wish for a pause. */
    public void failNext(String method, Status status, int pauseSeconds) {
        com.google.rpc.Status answer = com.google.rpc.Status.newBuilder()
                .setCode(status.getCode().value())
                .setMessage(String.valueOf(status.getDescription()))
                .addDetails(Any.pack(RetryInfo.newBuilder()
                        .setRetryDelay(Duration.newBuilder().setSeconds(pauseSeconds))
                        .build()))
                .build();
        faults.add(new Fault(method, StatusProto.toStatusRuntimeException(answer)));
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }

    private final class Front implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            authorizations.add(Optional.ofNullable(headers.get(AUTHORIZATION)).orElse(""));
            String method = String.valueOf(call.getMethodDescriptor().getBareMethodName());
            Fault fault = faults.stream()
                    .filter(f -> f.method().equals(method))
                    .findFirst()
                    .orElse(null);
            if (fault != null) {
                faults.remove(fault);
                Metadata trailers = fault.answer().getTrailers();
                call.close(fault.answer().getStatus(), trailers == null ? new Metadata() : trailers);
                return new ServerCall.Listener<>() {};
            }
            return next.startCall(call, headers);
        }
    }
}
