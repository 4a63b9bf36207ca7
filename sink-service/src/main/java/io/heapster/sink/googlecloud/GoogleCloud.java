package io.heapster.sink.googlecloud;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.auth.MoreCallCredentials;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractStub;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A project of Google Cloud and the way to one of its services. Safe for any number of threads. */
public final class GoogleCloud implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 30;

    private final GoogleApi api;
    private final String project;
    private final MonitoredResources resources;
    private final @Nullable GoogleCredentials credentials;
    private final ManagedChannel channel;

    private GoogleCloud(
            GoogleApi api,
            String project,
            MonitoredResources resources,
            @Nullable GoogleCredentials credentials,
            ManagedChannel channel) {
        this.api = api;
        this.project = project;
        this.resources = resources;
        this.credentials = credentials;
        this.channel = channel;
    }

    /**
     * Finds credentials, project and, where it is needed, the cluster's location; connects with the first call.
     *
     * @param environment of the process
     * @throws IOException if one of them cannot be found; the message says what to give
     */
    public static GoogleCloud find(GoogleApi api, GoogleCloudOptions options, Map<String, String> environment)
            throws IOException {
        MetadataServer metadata = new MetadataServer(environment);
        GoogleCredentials credentials = options.plaintext() ? null : credentials(api, options);
        String project = project(options, environment, credentials, metadata);
        return new GoogleCloud(api, project, resources(options, project, metadata), credentials, channel(api, options));
    }

    private static GoogleCredentials credentials(GoogleApi api, GoogleCloudOptions options) throws IOException {
        Optional<String> file = options.credentials();
        if (file.isEmpty()) {
            return GoogleCredentials.getApplicationDefault().createScoped(api.scope());
        }
        try (InputStream json = Files.newInputStream(Path.of(file.get()))) {
            return GoogleCredentials.fromStream(json).createScoped(api.scope());
        } catch (IOException e) {
            throw new IOException("no credentials in " + file.get() + " (option credentials): " + e, e);
        }
    }

    private static String project(
            GoogleCloudOptions options,
            Map<String, String> environment,
            @Nullable GoogleCredentials credentials,
            MetadataServer metadata)
            throws IOException {
        return options.project()
                .or(() -> variable(environment, "GOOGLE_CLOUD_PROJECT"))
                .or(() -> variable(environment, "GOOGLE_PROJECT_ID"))
                .or(() -> credentials instanceof ServiceAccountCredentials account
                        ? Optional.ofNullable(account.getProjectId())
                        : Optional.empty())
                .or(() -> metadata.read(MetadataServer.PROJECT))
                .orElseThrow(() -> new IOException(
                        "no project: give the option project, or GOOGLE_CLOUD_PROJECT in the environment"));
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static MonitoredResources resources(GoogleCloudOptions options, String project, MetadataServer metadata)
            throws IOException {
        if (options.resourceModel() == ResourceModel.GLOBAL) {
            return new MonitoredResources(
                    ResourceModel.GLOBAL, project, "", options.clusterName().orElse(""));
        }
        String location = options.location()
                .or(() -> metadata.read(MetadataServer.CLUSTER_LOCATION))
                .orElseThrow(() -> new IOException(
                        "no location of the cluster: give the option location, such as location=europe-west1"));
        String cluster = options.clusterName()
                .or(() -> metadata.read(MetadataServer.CLUSTER_NAME))
                .orElse("");
        return new MonitoredResources(ResourceModel.KUBERNETES, project, location, cluster);
    }

    private static ManagedChannel channel(GoogleApi api, GoogleCloudOptions options) throws IOException {
        NettyChannelBuilder builder = NettyChannelBuilder.forTarget(
                        "dns:///" + options.endpoint().orElse(api.host() + ":443"))
                .userAgent("heapster")
                .disableServiceConfigLookUp();
        if (options.plaintext()) {
            builder.usePlaintext();
        } else if (options.caCert().isPresent()) {
            File authorities = new File(options.caCert().get());
            try {
                builder.sslContext(
                        GrpcSslContexts.forClient().trustManager(authorities).build());
            } catch (IllegalArgumentException e) {
                throw new IOException("no certificates in " + authorities + " (option cacert): " + e, e);
            }
        }
        return builder.build();
    }

    public String project() {
        return project;
    }

    public MonitoredResources resources() {
        return resources;
    }

    public ManagedChannel channel() {
        return channel;
    }

    /** The stub with credentials and a deadline for the call that follows now. */
    public <S extends AbstractStub<S>> S calling(S stub) {
        if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
            // The delivery decides how long to wait; gRPC's own pauses, up to two minutes, would come on top.
            channel.resetConnectBackoff();
        }
        S timed = stub.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
        return credentials == null ? timed : timed.withCallCredentials(MoreCallCredentials.from(credentials));
    }

    /**
     * What a failed call means.
     *
     * @throws InterruptedException if it failed because the process shuts down
     */
    public Failure failure(StatusRuntimeException e) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("while " + api.name() + " was called");
        }
        return Failure.of(api.name(), e);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
