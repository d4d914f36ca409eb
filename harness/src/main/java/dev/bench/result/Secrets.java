package dev.bench.result;

import java.util.regex.Pattern;

/** Masks what text for people must not give away: values named like a secret, and passwords within URIs. */
public final class Secrets {
    /** Stands where a secret stood. */
    public static final String MASK = "***";

    private static final String NAME = "[\\w.-]*(?:passw(?:or)?d|passphrase|pwd|secret|token|credential|api[_.-]?key"
            + "|access[_.-]?key|private[_.-]?key)[\\w.-]*";

    private static final Pattern NAMED = Pattern.compile(NAME, Pattern.CASE_INSENSITIVE);

    private static final String QUOTED = "\"[^\"]*\"|'[^']*'|";

    /** {@code NAME=value}, the value up to where the next thing begins. */
    private static final Pattern ASSIGNED =
            Pattern.compile("(" + NAME + "=)(?:" + QUOTED + "[^\\s,;&#\"']+)", Pattern.CASE_INSENSITIVE);

    /** {@code name: value} as YAML and JSON have it, the value up to the end of the entry. */
    private static final Pattern MAPPED = Pattern.compile(
            "(" + NAME + "[\"']?:[ \\t]*)(?:" + QUOTED + "[^\\s,}\"'][^\\n,}]*)", Pattern.CASE_INSENSITIVE);

    /** {@code --name value}. */
    private static final Pattern OPTION =
            Pattern.compile("(--?" + NAME + "[ \\t]+)(?:" + QUOTED + "[^\\s\"'-]\\S*)", Pattern.CASE_INSENSITIVE);

    private static final Pattern URI_PASSWORD = Pattern.compile("(\\w[\\w+.-]*://[^\\s/:@]*:)[^\\s/]+@");

    private static final Pattern AUTHORIZATION =
            Pattern.compile("\\b(Bearer|Basic) +[\\w.~+/=-]+", Pattern.CASE_INSENSITIVE);

    private Secrets() {}

    /** Returns text with every secret in it masked, wherever it stands. */
    public static String mask(String text) {
        String masked = URI_PASSWORD.matcher(text).replaceAll("$1" + MASK + "@");
        masked = AUTHORIZATION.matcher(masked).replaceAll("$1 " + MASK);
        for (Pattern pattern : new Pattern[] {ASSIGNED, MAPPED, OPTION}) {
            masked = pattern.matcher(masked).replaceAll("$1" + MASK);
        }
        return masked;
    }

    /** Returns the value of something named, masked as a whole where the name is that of a secret. */
    public static String mask(String name, String value) {
        return NAMED.matcher(name).matches() ? MASK : mask(value);
    }

    /** Returns a variable of the environment, {@code NAME=value}, with its value masked where it is a secret. */
    public static String maskVariable(String variable) {
        int end = variable.indexOf('=');
        return end < 0
                ? variable
                : variable.substring(0, end + 1) + mask(variable.substring(0, end), variable.substring(end + 1));
    }
}
