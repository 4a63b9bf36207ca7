package io.heapster.sink.googlecloud;

import io.heapster.contract.uri.ComponentUri;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the URI of any Google Cloud sink says about the way there.
 *
 * @param project the project written to; absent = found out when the sink opens
 * @param credentials file of credentials; absent = application default
 * @param endpoint {@code host:port}; absent = Google's own
 * @param plaintext without TLS, and therefore without credentials
 * @param caCert file of the authorities to trust in place of the JDK's
 * @param resourceModel which monitored resources points belong to
 * @param clusterName absent = that of the metadata server, or what the samples say
 * @param location region or zone of the cluster; absent = that of the metadata server
 */
public record GoogleCloudOptions(
        Optional<String> project,
        Optional<String> credentials,
        Optional<String> endpoint,
        boolean plaintext,
        Optional<String> caCert,
        ResourceModel resourceModel,
        Optional<String> clusterName,
        Optional<String> location) {

    public static final Set<String> NAMES =
            Set.of("project", "credentials", "endpoint", "plaintext", "cacert", "resource", "cluster_name", "location");

    private static final Pattern PROJECT = Pattern.compile("[a-z0-9.:-]{4,100}");
    private static final Pattern ENDPOINT = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9.-]+):[0-9]{1,5}");

    /** @throws IllegalArgumentException if an option is wrong, in one line with the cure */
    public static GoogleCloudOptions of(ComponentUri uri) {
        if (!uri.scheme().isEmpty() || !uri.host().isEmpty() || !uri.path().isEmpty()) {
            throw new IllegalArgumentException("sink " + uri.key() + ": takes no address, write " + uri.key()
                    + ":?option=value, and for another address than Google's endpoint=host:port");
        }
        boolean plaintext = uri.booleanOption("plaintext", false);
        Optional<String> endpoint = matching(uri, "endpoint", ENDPOINT, "host:port");
        if (plaintext && endpoint.isEmpty()) {
            throw uri.wrong("plaintext", "true", "it only together with endpoint=host:port: Google's own speaks TLS");
        }
        return new GoogleCloudOptions(
                matching(uri, "project", PROJECT, "the project's ID, such as my-project-123"),
                uri.option("credentials").filter(file -> !file.isEmpty()),
                endpoint,
                plaintext,
                uri.option("cacert").filter(file -> !file.isEmpty()),
                resourceModel(uri),
                uri.option("cluster_name").filter(name -> !name.isEmpty()),
                uri.option("location").filter(location -> !location.isEmpty()));
    }

    /** @param olderLocation the location, unless it is given under its name */
    public GoogleCloudOptions withKubernetesResources(Optional<String> olderLocation) {
        return new GoogleCloudOptions(
                project,
                credentials,
                endpoint,
                plaintext,
                caCert,
                ResourceModel.KUBERNETES,
                clusterName,
                location.isPresent() ? location : olderLocation.filter(given -> !given.isEmpty()));
    }

    private static ResourceModel resourceModel(ComponentUri uri) {
        String model = uri.option("resource").orElse("global");
        return switch (model) {
            case "global" -> ResourceModel.GLOBAL;
            case "k8s" -> ResourceModel.KUBERNETES;
            default -> throw uri.wrong("resource", model, "global or k8s");
        };
    }

    private static Optional<String> matching(ComponentUri uri, String option, Pattern pattern, String accepted) {
        Optional<String> value = uri.option(option).filter(text -> !text.isEmpty());
        if (value.isPresent() && !pattern.matcher(value.get()).matches()) {
            throw uri.wrong(option, value.get(), accepted);
        }
        return value;
    }
}
