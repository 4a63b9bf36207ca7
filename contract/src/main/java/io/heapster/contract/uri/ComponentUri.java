package io.heapster.contract.uri;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A source or a sink as the user names it: {@code key}, {@code key:} or {@code key:url}, where the URL may be as little
 * as {@code ?option=value}.
 *
 * <p>An option given several times has all its values; most readers want the first. Values of options are decoded.
 * Every getter's error is an {@link InvalidUriException} that never repeats the URL, which may carry a password.
 */
public final class ComponentUri {

    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)}|([A-Za-z_][A-Za-z0-9_]*))");
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final Pattern SECRET_OPTION = Pattern.compile("(?i)(pw|password|secret|token|apikey|auth)");
    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");

    private final String key;
    private final String url;
    private final String scheme;
    private final String userInfo;
    private final String host;
    private final String path;
    private final Map<String, List<String>> options;

    private ComponentUri(String key, String url) {
        this.key = key;
        this.url = url;

        String rest = url;
        int fragment = rest.indexOf('#');
        if (fragment >= 0) {
            rest = rest.substring(0, fragment);
        }
        int query = rest.indexOf('?');
        this.options = query < 0 ? Map.of() : optionsOf(key, rest.substring(query + 1));
        if (query >= 0) {
            rest = rest.substring(0, query);
        }
        Matcher withScheme = SCHEME.matcher(rest);
        boolean hasScheme = withScheme.matches();
        this.scheme = hasScheme ? withScheme.group(1).toLowerCase(Locale.ROOT) : "";
        if (hasScheme) {
            rest = withScheme.group(2);
        }
        if (rest.startsWith("//")) {
            int slash = rest.indexOf('/', 2);
            String authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
            int at = authority.lastIndexOf('@');
            this.userInfo = at < 0 ? "" : decoded(key, authority.substring(0, at), false);
            this.host = checkedHost(key, authority.substring(at + 1));
            rest = slash < 0 ? "" : rest.substring(slash);
        } else {
            this.userInfo = "";
            this.host = "";
        }
        this.path = decoded(key, rest, false);
    }

    /**
     * Splits at the first colon, replaces {@code $X} and {@code ${X}} in the right part by the environment's values
     * (an unknown variable by nothing) and reads the result as a URL.
     *
     * @throws InvalidUriException if the key is empty or the URL is malformed
     */
    public static ComponentUri parse(String text, Map<String, String> environment) {
        int colon = text.indexOf(':');
        String key = colon < 0 ? text : text.substring(0, colon);
        if (key.isEmpty()) {
            throw new InvalidUriException(
                    "'" + text + "' has no key before the colon, write key:url, for example influxdb:http://host:8086");
        }
        return new ComponentUri(key, colon < 0 ? "" : expanded(text.substring(colon + 1), environment));
    }

    /** What is before the first colon: the kind of source or sink. */
    public String key() {
        return key;
    }

    /** {@code http}, or empty. */
    public String scheme() {
        return scheme;
    }

    /** Host, with the port if one is given, without user information; or empty. */
    public String host() {
        return host;
    }

    /** The decoded {@code user:password} before the host, or empty. */
    public String userInfo() {
        return userInfo;
    }

    /** The decoded path, or empty. */
    public String path() {
        return path;
    }

    /** {@code scheme://host}, if both are given. */
    public Optional<String> address() {
        return scheme.isEmpty() || host.isEmpty() ? Optional.empty() : Optional.of(scheme + "://" + host);
    }

    /** The option's first value. */
    public Optional<String> option(String name) {
        return options(name).stream().findFirst();
    }

    /** All the option's values in the order given. */
    public List<String> options(String name) {
        return options.getOrDefault(name, List.of());
    }

    /** The option's first value as Heapster's booleans: 1 t T TRUE true True, 0 f F FALSE false False. */
    public boolean booleanOption(String name, boolean absent) {
        Optional<String> value = option(name);
        if (value.isEmpty()) {
            return absent;
        }
        if (TRUE.contains(value.get())) {
            return true;
        }
        if (FALSE.contains(value.get())) {
            return false;
        }
        throw wrong(name, value.get(), "true or false (also 1, t, T, TRUE, True, 0, f, F, FALSE, False)");
    }

    /** The option's first value as a whole number within the bounds. */
    public int intOption(String name, int absent, int least, int most) {
        Optional<String> value = option(name);
        if (value.isEmpty()) {
            return absent;
        }
        try {
            int number = Integer.parseInt(value.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(name, value.get(), "a whole number from " + least + " to " + most, e);
        }
        throw wrong(name, value.get(), "a whole number from " + least + " to " + most);
    }

    /** The option's first value as a duration ({@link Durations#parse}), which must not be negative. */
    public Duration durationOption(String name, Duration absent) {
        Optional<String> value = option(name);
        if (value.isEmpty()) {
            return absent;
        }
        try {
            Duration duration = Durations.parse(value.get());
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (IllegalArgumentException e) {
            throw wrong(name, value.get(), "a duration such as " + Durations.EXAMPLES, e);
        }
        throw wrong(name, value.get(), "a duration such as " + Durations.EXAMPLES);
    }

    /** The names of given options that are not among the known ones, sorted. */
    public Set<String> unknownOptions(Set<String> known) {
        Set<String> unknown = new TreeSet<>(options.keySet());
        unknown.removeAll(known);
        return Collections.unmodifiableSet(unknown);
    }

    /** An error about one of this URI's options, for readers with rules of their own. */
    public InvalidUriException wrong(String option, String value, String accepted) {
        return wrong(option, value, accepted, null);
    }

    private InvalidUriException wrong(String option, String value, String accepted, @Nullable Throwable cause) {
        String shown = SECRET_OPTION.matcher(option).find() ? "(hidden)" : "'" + value + "'";
        return new InvalidUriException(
                "option " + option + " of " + key + ": " + shown + " is not accepted, give " + accepted, cause);
    }

    /** {@code key} or {@code key:url}, as given and with variables replaced: may contain secrets, do not log. */
    @Override
    public String toString() {
        return url.isEmpty() ? key : key + ":" + url;
    }

    private static String expanded(String text, Map<String, String> environment) {
        return VARIABLE.matcher(text)
                .replaceAll(variable -> Matcher.quoteReplacement(environment.getOrDefault(
                        variable.group(1) != null ? variable.group(1) : variable.group(2), "")));
    }

    private static String checkedHost(String key, String host) {
        if (host.chars().anyMatch(c -> c <= ' ' || c == '%')) {
            throw new InvalidUriException(
                    "the host of " + key + ": has a character no host has, write host or host:port");
        }
        int port = host.startsWith("[") ? host.indexOf(':', host.indexOf(']')) : host.lastIndexOf(':');
        if (port >= 0 && !host.substring(port + 1).matches("[0-9]{0,5}")) {
            throw new InvalidUriException("the port of " + key + ":" + host + " is not a number, write host:port");
        }
        return host;
    }

    private static Map<String, List<String>> optionsOf(String key, String query) {
        Map<String, List<String>> options = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decoded(key, equals < 0 ? pair : pair.substring(0, equals), true);
            String value = equals < 0 ? "" : decoded(key, pair.substring(equals + 1), true);
            options.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
        }
        options.replaceAll((name, values) -> List.copyOf(values));
        return options;
    }

    private static String decoded(String key, String text, boolean plusIsSpace) {
        if (text.indexOf('%') < 0 && !(plusIsSpace && text.indexOf('+') >= 0)) {
            return text;
        }
        byte[] encoded = text.getBytes(UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length);
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] == '%') {
                int high = i + 1 < encoded.length ? Character.digit(encoded[i + 1], 16) : -1;
                int low = i + 2 < encoded.length ? Character.digit(encoded[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw new InvalidUriException("the URL of " + key
                            + " has a % that is not followed by two hexadecimal digits, write %25 for a percent sign");
                }
                bytes.write(high * 16 + low);
                i += 2;
            } else {
                bytes.write(plusIsSpace && encoded[i] == '+' ? ' ' : encoded[i]);
            }
        }
        return bytes.toString(UTF_8);
    }
}
