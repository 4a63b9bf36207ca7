package io.heapster.model.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of who may ask, and over what. */
@ConfigMapping(prefix = "heapster.model.access")
interface AccessConfig {
    /** The server's certificate, and those between it and its authority, as PEM. */
    Optional<Path> tlsCert();

    /** The key of the server's certificate as PEM. */
    Optional<Path> tlsKey();

    /** Who signs the certificates of the model API's callers, as PEM; without it nobody is asked for one. */
    Optional<Path> tlsClientCa();

    /** Common names of the certificates that may use the model API; without it all that the authority signed. */
    Optional<List<String>> allowedUsers();

    /** Who may read the delegated paths. */
    @WithDefault("auto")
    MetricsApiAccess metricsApi();

    /** The paths, with all below them, over which the API server decides. */
    @WithDefault("/apis/metrics.k8s.io")
    List<String> delegatedPaths();

    /** Who signs the certificate of the API server's front proxy, as PEM; without it the cluster's config map says. */
    Optional<Path> requestheaderClientCa();

    /** Common names of front proxies; without it all that their authority signed. Only with the file. */
    Optional<List<String>> requestheaderAllowedNames();

    /** Who signs the certificates of the cluster's users, as PEM. Only with requestheader-client-ca. */
    Optional<Path> clientCa();

    /** How long an answer about a token is believed. */
    @WithDefault("10s")
    Duration tokenTtl();

    /** How long a permission is believed. */
    @WithDefault("5m")
    Duration allowedTtl();

    /** How long a denial is believed. */
    @WithDefault("30s")
    Duration deniedTtl();

    /** How many answers of each kind are remembered. */
    @WithDefault("4096")
    int rememberedAnswers();

    /** How long the API server may take to answer. */
    @WithDefault("3s")
    Duration deadline();

    /** How often certificates, keys and authorities are looked at for changes. */
    @WithDefault("10s")
    Duration reread();
}
