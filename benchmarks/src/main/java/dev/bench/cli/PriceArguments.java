package dev.bench.cli;

import dev.bench.scoreboard.Prices;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Holds what resources cost, for a command that makes a scoreboard. */
final class PriceArguments {
    private static final String OPTION = "--prices";
    private static final String CORE_HOUR = "core-hour";
    private static final String GIGABYTE_HOUR = "gb-hour";
    private static final String CURRENCY = "currency";
    private static final List<String> PARTS = List.of(CORE_HOUR, GIGABYTE_HOUR, CURRENCY);
    private static final int LONGEST_CURRENCY = 12;

    @Option(
            names = OPTION,
            paramLabel = "core-hour=X,gb-hour=Y,currency=NAME",
            description =
                    "What a processor and 10^9 bytes of memory cost for an hour: the table of several scenarios then"
                            + " says what one CI job and one more replica cost.")
    private @Nullable String prices;

    /**
     * Returns the prices; null where none are given.
     *
     * @throws ParameterException where they are no prices
     */
    @Nullable
    Prices prices(CommandLine command) {
        String given = prices;
        if (given == null) {
            return null;
        }
        Map<String, String> parts = new LinkedHashMap<>();
        for (String part : given.split(",", -1)) {
            int sign = part.indexOf('=');
            String name = sign < 0 ? part : part.substring(0, sign);
            if (sign < 0 || !PARTS.contains(name)) {
                throw fault(command, "'" + part + "' is none of " + String.join("=, ", PARTS) + "=");
            }
            if (parts.put(name, part.substring(sign + 1)) != null) {
                throw fault(command, name + " is there twice; keep one");
            }
        }
        String currency = parts.getOrDefault(CURRENCY, "");
        if (currency.isBlank() || currency.length() > LONGEST_CURRENCY) {
            throw fault(command, CURRENCY + " needs a name of 1 to " + LONGEST_CURRENCY + " characters, such as EUR");
        }
        return new Prices(amount(command, parts, CORE_HOUR), amount(command, parts, GIGABYTE_HOUR), currency);
    }

    /** Returns the fault of prices where only one thing is reported. */
    static ParameterException misplaced(CommandLine command, String things) {
        return new ParameterException(
                command, OPTION + " is for the scoreboard of several " + things + "; name more than one");
    }

    private static double amount(CommandLine command, Map<String, String> parts, String name) {
        String written = parts.get(name);
        try {
            double amount = Double.parseDouble(Objects.requireNonNullElse(written, ""));
            if (amount >= 0 && Double.isFinite(amount)) {
                return amount;
            }
        } catch (NumberFormatException e) {
            // Said below, as of any other amount that is none.
        }
        throw fault(
                command,
                name + (written == null ? " is missing" : "='" + written + "' is no price")
                        + "; give a number from 0 on, such as 0.04");
    }

    private static ParameterException fault(CommandLine command, String what) {
        return new ParameterException(command, OPTION + ": " + what);
    }
}
