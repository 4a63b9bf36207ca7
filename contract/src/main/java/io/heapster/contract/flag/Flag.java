package io.heapster.contract.flag;

import java.util.ArrayList;
import java.util.List;

/**
 * A flag as data.
 *
 * @param name as the documentation spells it, without dashes; in a name {@code _} and {@code -} are the same
 * @param aliases older names that still work
 * @param valueName what kind of value it takes, in capitals; empty for a flag that is on or off
 * @param repeatable whether all given values count, instead of the last
 * @param description one sentence or more, for {@code --help}
 * @param defaultText the value when it is not given; empty for none
 * @param ignoredBecause why the flag no longer does anything; empty for one that does
 */
public record Flag(
        String name,
        List<String> aliases,
        String valueName,
        boolean repeatable,
        String description,
        String defaultText,
        String ignoredBecause) {

    public Flag {
        aliases = List.copyOf(aliases);
    }

    /** On or off: {@code --name}, {@code --name=false}; off when not given. */
    public static Flag onOff(String name, String description) {
        return new Flag(name, List.of(), "", false, description, "", "");
    }

    /** With one value: {@code --name=value} or {@code --name value}; given twice, the last counts. */
    public static Flag value(String name, String valueName, String defaultText, String description) {
        return new Flag(name, List.of(), valueName, false, description, defaultText, "");
    }

    /** With a value and repeatable: all count, in their order. */
    public static Flag repeated(String name, String valueName, String description) {
        return new Flag(name, List.of(), valueName, true, description, "", "");
    }

    /** Understood, so that old manifests start, but without effect; {@code valueName} empty if it took no value. */
    public static Flag ignored(String name, String valueName, String because) {
        return new Flag(name, List.of(), valueName, true, "", "", because);
    }

    /** The same flag under one more, older name. */
    public Flag orAs(String alias) {
        List<String> more = new ArrayList<>(aliases);
        more.add(alias);
        return new Flag(name, more, valueName, repeatable, description, defaultText, ignoredBecause);
    }

    boolean takesValue() {
        return !valueName.isEmpty();
    }

    boolean isIgnored() {
        return !ignoredBecause.isEmpty();
    }
}
