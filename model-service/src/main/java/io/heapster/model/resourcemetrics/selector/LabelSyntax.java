package io.heapster.model.resourcemetrics.selector;

import java.util.regex.Pattern;

/** What the keys and values of labels may look like. */
final class LabelSyntax {
    private static final int MAX_NAME = 63;
    private static final int MAX_PREFIX = 253;
    private static final String NAME = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
    private static final Pattern NAME_PATTERN = Pattern.compile(NAME);
    private static final Pattern SUBDOMAIN_PATTERN = Pattern.compile(SUBDOMAIN);
    private static final String NAME_RULE = "must consist of alphanumeric characters, '-', '_' or '.', and must start"
            + " and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
            + " validation is '" + NAME + "')";
    private static final String PREFIX_RULE = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
            + " characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com',"
            + " regex used for validation is '" + SUBDOMAIN + "')";
    private static final String VALUE_RULE = "a valid label must be an empty string or consist of alphanumeric"
            + " characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
            + " 'my_value',  or '12345', regex used for validation is '(" + NAME + ")?')";

    private LabelSyntax() {}

    /** @throws BadSelectorException unless it is a name of 63 characters at most, after a DNS name and a slash or not */
    static void checkKey(String key) {
        int slash = key.indexOf('/');
        String name = key.substring(slash + 1);
        String place = "<nil>";
        if (name.indexOf('/') >= 0) {
            throw invalid(
                    place,
                    key,
                    "a qualified name " + NAME_RULE
                            + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
        }
        if (slash == 0) {
            throw invalid(place, key, "prefix part must be non-empty");
        }
        if (slash > MAX_PREFIX) {
            throw invalid(place, key, "prefix part must be no more than " + MAX_PREFIX + " characters");
        }
        if (slash > 0 && !SUBDOMAIN_PATTERN.matcher(key.substring(0, slash)).matches()) {
            throw invalid(place, key, "prefix part " + PREFIX_RULE);
        }
        if (name.length() > MAX_NAME) {
            throw invalid(place, key, "name part must be no more than " + MAX_NAME + " characters");
        }
        if (!NAME_PATTERN.matcher(name).matches()) {
            throw invalid(place, key, "name part " + NAME_RULE);
        }
    }

    /** @throws BadSelectorException unless it is empty or a name of 63 characters at most */
    static void checkValue(String key, int index, String value) {
        String place = "values[" + index + "][" + key + "]";
        if (value.length() > MAX_NAME) {
            throw invalid(place, value, "must be no more than " + MAX_NAME + " characters");
        }
        if (!value.isEmpty() && !NAME_PATTERN.matcher(value).matches()) {
            throw invalid(place, value, VALUE_RULE);
        }
    }

    private static BadSelectorException invalid(String place, String value, String rule) {
        return new BadSelectorException(place + ": Invalid value: \"" + value + "\": " + rule);
    }
}
