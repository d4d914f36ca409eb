package dev.bench.compose;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the values of variables into texts, as Compose's specification says (12-interpolation): {@code $NAME}, {@code ${NAME}},
 * with {@code :-} and {@code -} for what stands in, {@code :+} and {@code +} for what replaces, {@code :?} and {@code ?} for
 * what must be there, and {@code $$} for a dollar sign.
 */
final class Interpolation {
    private final Map<String, String> variables;

    Interpolation(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /**
     * Returns a text with the values of its variables; those that are not there are empty.
     *
     * @throws IllegalArgumentException where it is not written as it must be, or a variable that must be there is not
     */
    String apply(String text) {
        return text.indexOf('$') < 0 ? text : new Scan(text, 0).untilEnd();
    }

    /** Reads one text; what stands in for a variable may hold variables itself. */
    private final class Scan {
        private final String text;
        private final int depth;
        private int at;

        Scan(String text, int depth) {
            this.text = text;
            this.depth = depth;
            if (depth > 10) {
                throw new IllegalArgumentException("holds variables within variables, more than ten deep");
            }
        }

        String untilEnd() {
            StringBuilder out = new StringBuilder();
            while (at < text.length()) {
                char next = text.charAt(at++);
                if (next != '$') {
                    out.append(next);
                } else if (at < text.length() && text.charAt(at) == '$') {
                    at++;
                    out.append('$');
                } else if (at < text.length() && text.charAt(at) == '{') {
                    at++;
                    out.append(braced());
                } else {
                    out.append(value(name()));
                }
            }
            return out.toString();
        }

        private String name() {
            int begin = at;
            while (at < text.length() && isNamePart(text.charAt(at), at > begin)) {
                at++;
            }
            if (at == begin) {
                throw new IllegalArgumentException("has a '$' that begins no variable; write $$ for a dollar sign,"
                        + " $NAME or ${NAME} for a variable");
            }
            return text.substring(begin, at);
        }

        private String braced() {
            String name = name();
            int begin = at;
            int open = 1;
            while (at < text.length() && open > 0) {
                char next = text.charAt(at++);
                if (next == '{' && text.charAt(at - 2) == '$') {
                    open++;
                } else if (next == '}') {
                    open--;
                }
            }
            if (open > 0) {
                throw new IllegalArgumentException("has a '${' without its '}'");
            }
            String rest = text.substring(begin, at - 1);
            return rest.isEmpty() ? value(name) : replaced(name, rest);
        }

        private String replaced(String name, String rest) {
            boolean emptyCounts = rest.charAt(0) == ':';
            String operation = emptyCounts ? rest.substring(1) : rest;
            String value = variables.get(name);
            boolean there = value != null && !(emptyCounts && value.isEmpty());
            String operand = operation.isEmpty() ? "" : operation.substring(1);
            return switch (operation.isEmpty() ? ' ' : operation.charAt(0)) {
                case '-' -> there ? value(name) : within(operand);
                case '+' -> there ? within(operand) : "";
                case '?' -> required(name, there ? value : null, operand);
                default ->
                    throw new IllegalArgumentException(
                            "has '${" + name + rest
                                    + "}', which is no variable; write ${NAME}, ${NAME:-VALUE}, ${NAME:+VALUE} or ${NAME:?TEXT}");
            };
        }

        private String required(String name, @Nullable String value, String message) {
            if (value == null) {
                throw new IllegalArgumentException("needs the variable " + name + ", which is not set"
                        + (message.isEmpty() ? "" : ": " + within(message)) + ". Set it in the environment or in .env");
            }
            return value;
        }

        private String within(String operand) {
            return new Scan(operand, depth + 1).untilEnd();
        }

        private String value(String name) {
            return variables.getOrDefault(name, "");
        }
    }

    private static boolean isNamePart(char letter, boolean digits) {
        return letter == '_'
                || letter >= 'a' && letter <= 'z'
                || letter >= 'A' && letter <= 'Z'
                || digits && letter >= '0' && letter <= '9';
    }
}
