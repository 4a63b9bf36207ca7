package io.heapster.contract.flag;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The flags of one command.
 *
 * <p>One dash or two, {@code _} or {@code -} inside names, {@code --name=value} or {@code --name value}; a flag that is
 * on or off takes its value only after {@code =}. {@code --help} and {@code -h} are always understood.
 */
public final class FlagSet {

    private static final String HELP = "help";

    private final String usage;
    private final List<Flag> flags;
    private final Map<String, Flag> byName = new HashMap<>();

    /**
     * @param usage the first lines of the help: how to call the command and what it does
     * @throws IllegalStateException if two flags share a name
     */
    public FlagSet(String usage, List<Flag> flags) {
        this.usage = usage;
        this.flags = List.copyOf(flags);
        for (Flag flag : flags) {
            register(flag.name(), flag);
            flag.aliases().forEach(alias -> register(alias, flag));
        }
    }

    private void register(String name, Flag flag) {
        if (byName.put(normal(name), flag) != null || name.equals(HELP)) {
            throw new IllegalStateException("flag --" + name + " is declared twice");
        }
    }

    /**
     * Reads a command line; stops at {@code --help}.
     *
     * @throws InvalidFlagException on an unknown flag, an argument that is no flag, or a missing or surplus value
     */
    public FlagValues parse(String... args) {
        Map<String, List<String>> given = new HashMap<>();
        for (int i = 0; i < args.length; i++) {
            String arg = args[i];
            if (arg.length() < 2 || arg.charAt(0) != '-' || arg.equals("--")) {
                throw new InvalidFlagException("unexpected argument '" + arg + "': flags begin with --; see --help");
            }
            String text = arg.substring(arg.startsWith("--") ? 2 : 1);
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals);
            if (name.equals(HELP) || name.equals("h")) {
                return new FlagValues(byName, given, true);
            }
            Flag flag = byName.get(normal(name));
            if (flag == null) {
                throw unknown(name);
            }
            String value;
            if (equals >= 0) {
                value = text.substring(equals + 1);
            } else if (!flag.takesValue()) {
                value = "true";
            } else if (i + 1 < args.length) {
                value = args[++i];
            } else {
                throw new InvalidFlagException(
                        "flag --" + flag.name() + " needs a value, write --" + flag.name() + "=" + flag.valueName());
            }
            if (!flag.takesValue() && FlagValues.onOff(value) == null && !flag.isIgnored()) {
                throw new InvalidFlagException(
                        "flag --" + flag.name() + ": '" + value + "' is not accepted, give true or false, or no value");
            }
            given.computeIfAbsent(flag.name(), any -> new ArrayList<>()).add(value);
        }
        return new FlagValues(byName, given, false);
    }

    /** The text for {@code --help}: at most 100 columns wide, ends with a line break. */
    public String help() {
        return HelpText.of(usage, flags);
    }

    private InvalidFlagException unknown(String name) {
        Optional<String> nearest = nearest(name).map(known -> ", did you mean --" + known + "?");
        return new InvalidFlagException("unknown flag --" + name + nearest.orElse("") + " (--help lists all flags)");
    }

    private Optional<String> nearest(String name) {
        Map<String, String> known = new LinkedHashMap<>();
        flags.stream().filter(flag -> !flag.isIgnored()).forEach(flag -> known.put(normal(flag.name()), flag.name()));
        return EditDistance.nearest(normal(name), known.keySet()).map(known::get);
    }

    static String normal(String name) {
        return name.replace('_', '-');
    }
}
