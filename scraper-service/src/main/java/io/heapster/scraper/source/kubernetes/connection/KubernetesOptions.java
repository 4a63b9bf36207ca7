package io.heapster.scraper.source.kubernetes.connection;

import io.heapster.contract.uri.ComponentUri;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The options of the source's URI.
 *
 * @param address API server as {@code scheme://host}, if the URI names one
 * @param inClusterConfig whether the pod's service account is used where there is one
 * @param auth a kubeconfig file
 * @param context of the kubeconfig; its current one if empty
 * @param useServiceAccount whether the service account's token is used though {@code inClusterConfig} is false
 * @param insecure whether the API server's certificate is not verified
 * @param apiServerName the name in the API server's certificate, in place of the host asked; the host if empty
 * @param clusterName the label of all samples
 * @param hostIdAnnotation annotation of a node that becomes its host_id when it has no external id; or empty
 * @param kubeletPort port of every kubelet, in place of the one that each node tells
 * @param kubeletHttps whether kubelets are asked by HTTPS
 * @param kubeletCa PEM file of what kubelet certificates are signed by; the API server's if empty
 * @param kubeletServerName the name in kubelet certificates, in place of the address asked; {@link #NODE_NAME} stands
 *     for each node's name; the address if empty
 * @param kubeletInsecure whether kubelet certificates are not verified
 * @param kubeletTimeout longest time of a request, where the schedule would allow a longer one
 * @param kubeletConcurrency how many kubelets are being asked at a time
 * @param kubeletBodyLimit most bytes of a kubelet's answer
 */
public record KubernetesOptions(
        Optional<String> address,
        boolean inClusterConfig,
        Optional<Path> auth,
        Optional<String> context,
        boolean useServiceAccount,
        boolean insecure,
        String apiServerName,
        String clusterName,
        String hostIdAnnotation,
        OptionalInt kubeletPort,
        boolean kubeletHttps,
        Optional<Path> kubeletCa,
        String kubeletServerName,
        boolean kubeletInsecure,
        Duration kubeletTimeout,
        int kubeletConcurrency,
        int kubeletBodyLimit) {

    /** The value of {@code kubeletServerName} that stands for each node's own name. */
    public static final String NODE_NAME = "node";

    /** The option that Heapster accepted and that has no effect, there or here. */
    public static final String API_VERSION = "apiVersion";

    /** Names of all options. */
    public static final Set<String> NAMES = Set.of(
            "inClusterConfig",
            "kubeletPort",
            "kubeletHttps",
            API_VERSION,
            "insecure",
            "apiServerName",
            "auth",
            "context",
            "useServiceAccount",
            "host_id_annotation",
            "cluster_name",
            "kubeletCA",
            "kubeletServerName",
            "kubeletInsecure",
            "kubeletTimeout",
            "kubeletConcurrency",
            "kubeletBodyLimit");

    /** The kubelet's port without TLS and without any question who asks. */
    private static final int READ_ONLY_PORT = 10_255;

    private static final int MAX_PORT = 65_535;

    /** @throws IllegalArgumentException if an option is wrong: one line with the option, its value and the cure */
    public static KubernetesOptions of(ComponentUri uri) {
        int port = uri.intOption("kubeletPort", 0, 0, MAX_PORT);
        boolean insecure = uri.booleanOption("insecure", false);
        return new KubernetesOptions(
                uri.address(),
                uri.booleanOption("inClusterConfig", true),
                file(uri, "auth"),
                given(uri, "context"),
                uri.booleanOption("useServiceAccount", false),
                insecure,
                given(uri, "apiServerName").orElse(""),
                given(uri, "cluster_name").orElse("default"),
                given(uri, "host_id_annotation").orElse(""),
                port == 0 ? OptionalInt.empty() : OptionalInt.of(port),
                uri.booleanOption("kubeletHttps", port != READ_ONLY_PORT),
                file(uri, "kubeletCA"),
                given(uri, "kubeletServerName").orElse(""),
                uri.booleanOption("kubeletInsecure", insecure),
                positive(uri, "kubeletTimeout", Duration.ofSeconds(10)),
                uri.intOption("kubeletConcurrency", 200, 1, 100_000),
                uri.intOption("kubeletBodyLimit", 64 << 20, 1 << 10, 1 << 30));
    }

    private static Optional<String> given(ComponentUri uri, String option) {
        return uri.option(option).filter(value -> !value.isEmpty());
    }

    private static Optional<Path> file(ComponentUri uri, String option) {
        Optional<Path> file = given(uri, option).map(Path::of);
        if (file.isPresent() && !Files.isReadable(file.get())) {
            throw uri.wrong(option, file.get().toString(), "the path of a file that can be read");
        }
        return file;
    }

    private static Duration positive(ComponentUri uri, String option, Duration absent) {
        Duration duration = uri.durationOption(option, absent);
        if (duration.toMillis() < 1) {
            throw uri.wrong(option, duration.toString(), "a duration of 1ms or more");
        }
        return duration;
    }
}
