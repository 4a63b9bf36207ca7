package io.heapster.contract.bus;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong between us and Kafka, for who has to cure it.
 *
 * @param line one line: what is wrong, with the key and its value, and what to do
 * @param ofSettings whether waiting will not cure it: a setting has to be changed, here or at the brokers
 */
public record BusTrouble(String line, boolean ofSettings) {
    private static final int MAX_TEXT = 300;
    private static final Pattern USER = Pattern.compile("username\\s*=\\s*\"([^\"]*)\"");

    /** @param kafka the user's Kafka client properties */
    public static BusTrouble of(Map<String, Object> kafka, Throwable failure) {
        String servers = value(kafka, "bootstrap.servers");
        ConfigException config = find(failure, ConfigException.class);
        if (config != null) {
            List<String> unknown = unknownHosts(servers);
            return unknown.isEmpty()
                    ? ofSettings("kafka.*: " + text(config) + "; see docs/kafka.md")
                    : ofSettings("kafka.bootstrap.servers=" + servers + ": no name server knows the host "
                            + String.join(", ", unknown) + ": check the name (flag --kafka)");
        }
        if (find(failure, SSLException.class) != null || find(failure, CertificateException.class) != null) {
            return ofSettings("kafka.bootstrap.servers=" + servers + ": " + untrusted(kafka, failure));
        }
        if (find(failure, AuthenticationException.class) != null) {
            return ofSettings(unauthenticated(kafka, servers, failure));
        }
        AuthorizationException denied = find(failure, AuthorizationException.class);
        if (denied != null) {
            return ofSettings(denied(kafka, servers, denied));
        }
        if (find(failure, TimeoutException.class) != null
                || find(failure, java.util.concurrent.TimeoutException.class) != null) {
            return new BusTrouble(
                    "Kafka at " + servers + " does not answer: check kafka.bootstrap.servers (flag --kafka), that a"
                            + " broker runs there, and that it speaks kafka.security.protocol="
                            + protocol(kafka) + " at this port",
                    false);
        }
        return new BusTrouble("Kafka at " + servers + " refuses: " + text(root(failure)), false);
    }

    /** Of a right that the broker does not give us. */
    static BusTrouble missing(Map<String, Object> kafka, String operation, String kind, String name) {
        return ofSettings("Kafka at " + value(kafka, "bootstrap.servers") + ": " + principal(kafka) + " may not "
                + operation + " " + kind + " " + name + ": " + acl(kafka, operation, kind, name));
    }

    /** Of topics that are missing. */
    static BusTrouble mayNotCreate(Map<String, Object> kafka) {
        return ofSettings("Kafka at " + value(kafka, "bootstrap.servers") + ": " + principal(kafka)
                + " may not create topics: create them yourself (docs/kafka.md) and set"
                + " heapster.kafka.create-topics=false, or grant Create on the cluster");
    }

    private static BusTrouble ofSettings(String line) {
        return new BusTrouble(line, true);
    }

    private static String untrusted(Map<String, Object> kafka, Throwable failure) {
        if (find(failure, CertificateExpiredException.class) != null
                || find(failure, CertificateNotYetValidException.class) != null) {
            return "the broker's certificate is not valid at this time: renew it, and check both clocks";
        }
        if (find(failure, CertPathBuilderException.class) != null
                || find(failure, CertPathValidatorException.class) != null) {
            String store = value(kafka, "ssl.truststore.location");
            return "the broker's certificate is signed by nobody we know: set kafka.ssl.truststore.location"
                    + (store.isEmpty() ? "" : " (now " + store + ")")
                    + " to the PEM file of its signer, with kafka.ssl.truststore.type=PEM";
        }
        if (find(failure, CertificateException.class) != null) {
            return "the broker's certificate is not for this host (" + text(root(failure))
                    + "): name the broker as its certificate does, or set kafka.ssl.endpoint.identification.algorithm="
                    + " (empty) to accept any name of the trusted signer";
        }
        String said = text(root(failure));
        if (said.contains("certificate_required")
                || said.contains("bad_certificate")
                || said.contains("handshake_failure")
                || said.contains("certificate_unknown")
                || said.contains("unknown_ca")) {
            return "the broker does not accept our certificate (" + said
                    + "): set kafka.ssl.keystore.location to a PEM file with key and certificate of a signer it trusts,"
                    + " with kafka.ssl.keystore.type=PEM";
        }
        return "no TLS with this port (" + said + "): kafka.security.protocol=" + protocol(kafka)
                + " may be wrong, or the port";
    }

    private static String unauthenticated(Map<String, Object> kafka, String servers, Throwable failure) {
        String mechanism = kafka.containsKey("sasl.mechanism") ? value(kafka, "sasl.mechanism") : "GSSAPI";
        if (find(failure, UnsupportedSaslMechanismException.class) != null) {
            return "Kafka at " + servers + ": kafka.sasl.mechanism=" + mechanism + " is not one of the broker's ("
                    + text(root(failure)) + "): set one that is";
        }
        if (find(failure, IllegalSaslStateException.class) != null) {
            return "Kafka at " + servers + ": kafka.security.protocol=" + protocol(kafka)
                    + " is not what this port speaks (" + text(root(failure)) + ")";
        }
        return "Kafka at " + servers + ": refuses " + principal(kafka) + " by " + mechanism + " (" + text(root(failure))
                + "): check user and password in kafka.sasl.jaas.config, and kafka.sasl.mechanism";
    }

    private static String denied(Map<String, Object> kafka, String servers, AuthorizationException denied) {
        if (denied instanceof TopicAuthorizationException topics
                && !topics.unauthorizedTopics().isEmpty()) {
            String topic = String.join(", ", topics.unauthorizedTopics());
            return "Kafka at " + servers + ": " + principal(kafka) + " may not use topic " + topic + ": "
                    + acl(kafka, "Read, Write and Describe", "topic", topic);
        }
        if (denied instanceof GroupAuthorizationException group) {
            return "Kafka at " + servers + ": " + principal(kafka) + " may not use group " + group.groupId() + ": "
                    + acl(kafka, "Read", "group", String.valueOf(group.groupId()));
        }
        return "Kafka at " + servers + ": " + principal(kafka) + " may not do this (" + text(denied)
                + "): grant it (docs/kafka.md)";
    }

    private static String acl(Map<String, Object> kafka, String operation, String kind, String name) {
        Matcher user = USER.matcher(value(kafka, "sasl.jaas.config"));
        return "grant it (kafka-acls.sh --add --allow-principal User:" + (user.find() ? user.group(1) : "NAME")
                + " --operation " + operation + " --" + kind + " " + name + "; docs/kafka.md)";
    }

    /** Never the password. */
    private static String principal(Map<String, Object> kafka) {
        Matcher user = USER.matcher(value(kafka, "sasl.jaas.config"));
        return user.find() ? "user '" + user.group(1) + "'" : "our user";
    }

    private static String protocol(Map<String, Object> kafka) {
        String set = value(kafka, "security.protocol");
        return set.isEmpty() ? "PLAINTEXT" : set;
    }

    private static String value(Map<String, Object> kafka, String key) {
        Object value = kafka.get(key);
        return value == null ? "" : value.toString().strip();
    }

    private static List<String> unknownHosts(String servers) {
        List<String> unknown = new ArrayList<>();
        for (String server : servers.split(",", -1)) {
            String host = Utils.getHost(server.strip());
            if (host != null && !isKnown(host)) {
                unknown.add(host);
            }
        }
        return unknown;
    }

    private static boolean isKnown(String host) {
        try {
            return InetAddress.getAllByName(host).length > 0;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static <X extends Throwable> @Nullable X find(Throwable failure, Class<X> type) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        String line = (message == null ? failure.getClass().getSimpleName() : message)
                .strip()
                .replaceAll("\\s+", " ");
        return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "…";
    }
}
