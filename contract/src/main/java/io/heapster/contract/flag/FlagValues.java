package io.heapster.contract.flag;

import io.heapster.contract.uri.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a command line said. Names are spelled as declared, or as any equal name.
 *
 * <p>Every getter throws {@link InvalidFlagException} for a value it cannot read, and {@link IllegalStateException} for
 * a flag that was never declared.
 */
public final class FlagValues {

    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");

    private final Map<String, Flag> declared;
    private final Map<String, List<String>> given;
    private final boolean helpRequested;

    FlagValues(Map<String, Flag> declared, Map<String, List<String>> given, boolean helpRequested) {
        this.declared = declared;
        this.given = given;
        this.helpRequested = helpRequested;
    }

    /** Whether {@code --help} was given: print {@link FlagSet#help()} and do nothing else. */
    public boolean helpRequested() {
        return helpRequested;
    }

    /** One line for each given flag that has no effect any more, saying why. */
    public List<String> notices() {
        Map<String, String> notices = new TreeMap<>();
        for (String name : given.keySet()) {
            Flag flag = flag(name);
            if (flag.isIgnored()) {
                notices.put(name, "--" + name + " is ignored: " + flag.ignoredBecause());
            }
        }
        return List.copyOf(notices.values());
    }

    /** Whether the flag was given at all. */
    public boolean isGiven(String name) {
        return given.containsKey(flag(name).name());
    }

    /** The last value given, else the default. */
    public String text(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? flag(name).defaultText() : values.get(values.size() - 1);
    }

    /** All values given, in their order; empty if none. */
    public List<String> all(String name) {
        return given.getOrDefault(flag(name).name(), List.of());
    }

    /** All values given, each taken apart at commas; blank parts are left out. */
    public List<String> list(String name) {
        List<String> parts = new ArrayList<>();
        for (String value : all(name)) {
            for (String part : value.split(",")) {
                if (!part.isBlank()) {
                    parts.add(part.strip());
                }
            }
        }
        return parts;
    }

    /** Whether an on-off flag is on. */
    public boolean isOn(String name) {
        return Objects.requireNonNullElse(onOff(text(name)), false);
    }

    /** A whole number within the bounds. */
    public int number(String name, int least, int most) {
        String accepted = "a whole number from " + least + " to " + most;
        int number;
        try {
            number = Integer.parseInt(text(name));
        } catch (NumberFormatException e) {
            throw wrong(name, accepted, e);
        }
        if (number < least || number > most) {
            throw wrong(name, accepted, null);
        }
        return number;
    }

    /** A duration such as {@code 30s}, not shorter than the least. */
    public Duration duration(String name, Duration least) {
        Duration duration;
        try {
            duration = Durations.parse(text(name));
        } catch (IllegalArgumentException e) {
            throw wrong(name, "a duration such as " + Durations.EXAMPLES, e);
        }
        if (duration.compareTo(least) < 0) {
            throw wrong(name, "a duration of at least " + Durations.print(least), null);
        }
        return duration;
    }

    /** An error about a flag's value, for readers with rules of their own. */
    public InvalidFlagException wrong(String name, String accepted) {
        return wrong(name, accepted, null);
    }

    private InvalidFlagException wrong(String name, String accepted, @Nullable Throwable cause) {
        return new InvalidFlagException(
                "flag --" + flag(name).name() + ": '" + text(name) + "' is not accepted, give " + accepted, cause);
    }

    private Flag flag(String name) {
        Flag flag = declared.get(FlagSet.normal(name));
        if (flag == null) {
            throw new IllegalStateException("flag --" + name + " is not declared");
        }
        return flag;
    }

    static @Nullable Boolean onOff(String value) {
        if (TRUE.contains(value)) {
            return true;
        }
        return FALSE.contains(value) ? false : null;
    }
}
