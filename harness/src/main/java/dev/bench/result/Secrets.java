package dev.bench.result;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Masks what nothing that is stored or shown may give away: values named like a secret, and passwords within URIs. */
public final class Secrets {
    /** Stands where a secret stood. */
    public static final String MASK = "***";

    /** A shell's own variables for directories, which are called as passwords are in databases, but never small. */
    private static final String NO_DIRECTORY = "(?-i:(?!(?:OLD)?PWD(?:=|$)))";

    private static final String NAME =
            NO_DIRECTORY + "[\\w.-]*(?:passw(?:or)?d|passphrase|pwd|secret|token|credential|api[_.-]?key"
                    + "|access[_.-]?key|private[_.-]?key)[\\w.-]*";

    /** A long word that is no name is gone through once, not once for each of its letters. */
    private static final String BEGIN = "(?<![\\w.-])";

    private static final Pattern NAMED = Pattern.compile(NAME, Pattern.CASE_INSENSITIVE);

    private static final String QUOTED = "\"[^\"]*\"|'[^']*'|";

    /** {@code NAME=value}, the value up to where the next thing begins. */
    private static final Pattern ASSIGNED =
            Pattern.compile(BEGIN + "(" + NAME + "=)(?:" + QUOTED + "[^\\s,;&#\"']+)", Pattern.CASE_INSENSITIVE);

    /** {@code name: value} as YAML and JSON have it, the value up to the end of the entry. */
    private static final Pattern MAPPED = Pattern.compile(
            BEGIN + "(" + NAME + "[\"']?:[ \\t]*)(?:" + QUOTED + "[^\\s,}\"'][^\\n,}]*)", Pattern.CASE_INSENSITIVE);

    /** {@code --name value}. */
    private static final Pattern OPTION = Pattern.compile(
            BEGIN + "(--?" + NAME + "[ \\t]+)(?:" + QUOTED + "[^\\s\"'-]\\S*)", Pattern.CASE_INSENSITIVE);

    /** {@code name: |} and the lines below it, which are indented further. */
    private static final Pattern BLOCK = Pattern.compile(
            "^([ \\t]*)([\"']?" + NAME
                    + "[\"']?:)[ \\t]*(?:[|>][-+0-9]*[ \\t]*(?:#.*)?)?\\R(?:\\1[ \\t]+\\S.*(?:\\R|$))+",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    /** An option whose value is the argument behind it. */
    private static final Pattern OPTION_NAME = Pattern.compile("--?" + NAME, Pattern.CASE_INSENSITIVE);

    private static final Pattern URI_PASSWORD = Pattern.compile("(?<!\\w)(\\w[\\w+.-]*://[^\\s/:@]*:)[^\\s/]+@");

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

    /** Returns a file of YAML with every secret in it masked, those in several lines too; what goes on is left as it is. */
    public static String maskYaml(String yaml) {
        return mask(BLOCK.matcher(yaml).replaceAll("$1$2 " + MASK + "\n"));
    }

    /** Returns arguments, as many, with every secret in them masked; the value of an option may be the next argument. */
    public static List<String> maskArguments(List<String> arguments) {
        List<String> masked = new ArrayList<>();
        for (String argument : arguments) {
            boolean value = !masked.isEmpty()
                    && OPTION_NAME.matcher(arguments.get(masked.size() - 1)).matches()
                    && !argument.startsWith("-");
            int end = argument.indexOf('=');
            boolean assigned =
                    end > 0 && OPTION_NAME.matcher(argument.substring(0, end)).matches();
            masked.add(value ? MASK : assigned ? argument.substring(0, end + 1) + MASK : mask(argument));
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
