package dev.bench.grammar;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Holds the forms that values of a scenario are written in. */
public final class Forms {
    private static final String USER_NUMBERS = "(0|[1-9][0-9]{0,9})(:(0|[1-9][0-9]{0,9}))?";

    private Forms() {}

    private static ObjectNode typed(String... types) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (types.length == 1) {
            return node.put("type", types[0]);
        }
        ArrayNode array = node.putArray("type");
        for (String type : types) {
            array.add(type);
        }
        return node;
    }

    /** Returns the form of any text. */
    public static Form<String> text() {
        return new Text("text", null, "string");
    }

    /** Returns the form of any text that YAML may take for a number or a truth value when it is not quoted. */
    public static Form<String> scalar() {
        return new Text("text", null, "string", "number", "boolean");
    }

    /**
     * Returns the form of a text that matches an expression from its beginning to its end.
     *
     * @param accepted what is accepted, in words
     * @param pattern expression that is the same in Java and in JavaScript
     */
    public static Form<String> text(String accepted, String pattern) {
        return new Text(accepted, pattern, "string");
    }

    /** Returns the form of what can stand in a request line as it is (RFC 9112, 3.2). */
    public static Form<String> requestPath() {
        return text("a path that begins with / and holds no space", "/[!-~]*");
    }

    private static final class Text implements Form<String> {
        private final String accepted;
        private final @Nullable String pattern;
        private final String[] types;

        Text(String accepted, @Nullable String pattern, String... types) {
            this.accepted = accepted;
            this.pattern = pattern;
            this.types = types;
        }

        @Override
        public @Nullable String read(YamlMap map, String key) {
            String text = map.text(key);
            if (pattern == null || text == null || text.matches(pattern)) {
                return text;
            }
            map.reject(key, "'" + text + "' is not accepted; give " + accepted);
            return null;
        }

        @Override
        public String accepted() {
            return accepted;
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema = typed(types);
            if (pattern != null) {
                schema.put("pattern", "^" + pattern + "$");
            }
            return schema;
        }
    }

    /** Returns the form of one word of several. */
    public static Form<String> choice(List<String> words) {
        return choice(words, "is not accepted");
    }

    /**
     * Returns the form of one word of several.
     *
     * @param refusal what is said of any other word
     */
    public static Form<String> choice(List<String> words, String refusal) {
        return new Form<>() {
            @Override
            public @Nullable String read(YamlMap map, String key) {
                String word = map.text(key);
                if (word == null || words.contains(word)) {
                    return word;
                }
                map.reject(key, "'" + word + "' " + refusal + "; give " + accepted());
                return null;
            }

            @Override
            public String accepted() {
                return "one of " + String.join(", ", words);
            }

            @Override
            public ObjectNode schema() {
                ObjectNode schema = JsonNodeFactory.instance.objectNode();
                words.forEach(schema.putArray("enum")::add);
                return schema;
            }
        };
    }

    /** Returns the form of true and false. */
    public static Form<Boolean> flag() {
        return new Parsed<>(
                "true or false",
                text -> switch (text) {
                    case "true" -> Optional.of(true);
                    case "false" -> Optional.of(false);
                    default -> Optional.empty();
                },
                Objects::toString,
                typed("boolean"));
    }

    /** Returns the form of a whole number within bounds, both of them included. */
    public static Form<Integer> whole(int least, int most) {
        return new Parsed<>(
                "a whole number from " + least + " to " + most,
                text -> wholeNumber(text, least, most).map(Math::toIntExact),
                Objects::toString,
                typed("integer").put("minimum", least).put("maximum", most));
    }

    /** Returns the form of a whole number of 64 bits. */
    public static Form<Long> whole() {
        return new Parsed<>(
                "a whole number from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE,
                text -> wholeNumber(text, Long.MIN_VALUE, Long.MAX_VALUE),
                Objects::toString,
                typed("integer"));
    }

    private static Optional<Long> wholeNumber(String text, long least, long most) {
        // A zero in front would make it an octal number elsewhere.
        return text.matches("0|-?[1-9][0-9]{0,18}")
                ? Optional.of(new BigInteger(text))
                        .filter(number -> number.compareTo(BigInteger.valueOf(least)) >= 0
                                && number.compareTo(BigInteger.valueOf(most)) <= 0)
                        .map(BigInteger::longValue)
                : Optional.empty();
    }

    /** Returns the form of a number within bounds, both of them included. */
    public static Form<Double> decimal(double least, double most) {
        return new Parsed<>(
                "a number from " + least + " to " + most,
                text -> text.matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?([eE][+-]?[0-9]{1,3})?")
                        ? Optional.of(Double.parseDouble(text)).filter(number -> number >= least && number <= most)
                        : Optional.empty(),
                number -> BigDecimal.valueOf(number).stripTrailingZeros().toPlainString(),
                typed("number").put("minimum", least).put("maximum", most));
    }

    /** Returns the form of a user's number, and with a colon a group's, as a kernel takes them. */
    public static Form<String> userNumbers() {
        return new Parsed<>(
                "a user's number, or a user's and a group's as 1000:1000, each from 0 to " + Integer.MAX_VALUE,
                text -> text.matches(USER_NUMBERS)
                                && Arrays.stream(text.split(":", -1))
                                        .mapToLong(Long::parseLong)
                                        .allMatch(number -> number <= Integer.MAX_VALUE)
                        ? Optional.of(text)
                        : Optional.empty(),
                Objects::toString,
                typed("string", "integer")
                        .put("minimum", 0)
                        .put("maximum", Integer.MAX_VALUE)
                        .put("pattern", "^" + USER_NUMBERS + "$"));
    }

    /** Returns the form of a quantity with its unit. */
    public static <T> Form<T> quantity(Quantity<T> quantity) {
        return new Parsed<>(
                quantity.accepted(),
                quantity.reader(),
                quantity.writer(),
                typed("string").put("pattern", "^" + quantity.pattern() + "$"));
    }

    /**
     * Represents the form of what is read from one text.
     *
     * @param reader empty where the text is not accepted
     * @param writer writes what could be read
     * @param schema never given away itself
     */
    private record Parsed<T>(
            String accepted, Function<String, Optional<T>> reader, Function<T, String> writer, ObjectNode schema)
            implements Form<T> {
        @Override
        public String written(T value) {
            return writer.apply(value);
        }

        @Override
        public @Nullable T read(YamlMap map, String key) {
            return map.parse(key, accepted, reader);
        }

        @Override
        public ObjectNode schema() {
            return schema.deepCopy();
        }
    }

    /**
     * Returns the form of a list with one item at least.
     *
     * @param example a list as it could be written
     */
    public static Form<List<String>> texts(String example) {
        return new Form<>() {
            @Override
            public @Nullable List<String> read(YamlMap map, String key) {
                return map.list(key, example);
            }

            @Override
            public String accepted() {
                return "a list such as " + example;
            }

            @Override
            public ObjectNode schema() {
                ObjectNode schema = typed("array").put("minItems", 1);
                schema.set("items", typed("string", "number", "boolean"));
                return schema;
            }
        };
    }

    /**
     * Returns the form of a list of quantities with one item at least.
     *
     * @param example a list as it could be written
     */
    public static <T> Form<List<T>> list(Quantity<T> item, String example) {
        return list(item, example, typed("string").put("pattern", "^" + item.pattern() + "$"));
    }

    /** Returns the form of a list of whole numbers within bounds, with one item at least. */
    public static Form<List<Integer>> wholes(int least, int most, String example) {
        return list(
                new Quantity<>(
                        "whole numbers from " + least + " to " + most,
                        "[0-9]{1,9}",
                        text -> number(text).filter(number -> number >= least && number <= most)),
                example,
                typed("integer").put("minimum", least).put("maximum", most));
    }

    /** Returns the form of a list of whole numbers within bounds, each more than the one before. */
    public static Form<List<Integer>> increasing(int least, int most, List<Integer> example) {
        String accepted =
                "whole numbers from " + least + " to " + most + ", each larger than the one before, such as " + example;
        Form<List<Integer>> wholes = wholes(least, most, example.toString());
        return new Form<>() {
            @Override
            public @Nullable List<Integer> read(YamlMap map, String key) {
                List<String> texts = map.list(key, example.toString());
                if (texts == null) {
                    return null;
                }
                int before = least - 1;
                List<Integer> numbers = new ArrayList<>();
                for (String text : texts) {
                    int number = number(text).orElse(least - 1);
                    if (number <= before || number > most) {
                        map.reject(key, "'" + text + "' is not accepted; give " + accepted);
                        return null;
                    }
                    numbers.add(number);
                    before = number;
                }
                return numbers.isEmpty() ? null : numbers;
            }

            @Override
            public String accepted() {
                return accepted;
            }

            @Override
            public ObjectNode schema() {
                return wholes.schema();
            }
        };
    }

    /** Returns the form of a list of numbers within bounds, with one item at least. */
    public static Form<List<Double>> decimals(String accepted, double least, double most, String example) {
        return list(
                new Quantity<>(
                        accepted,
                        "0\\.[0-9]{1,6}",
                        text -> text.matches("0\\.[0-9]{1,6}")
                                ? Optional.of(Double.parseDouble(text))
                                        .filter(number -> number >= least && number <= most)
                                : Optional.empty()),
                example,
                typed("number").put("minimum", least).put("maximum", most));
    }

    private static Optional<Integer> number(String text) {
        return text.matches("0|[1-9][0-9]{0,8}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    private static <T> Form<List<T>> list(Quantity<T> item, String example, ObjectNode items) {
        return new Form<>() {
            @Override
            public @Nullable List<T> read(YamlMap map, String key) {
                List<String> texts = map.list(key, example);
                if (texts == null) {
                    return null;
                }
                List<T> values = new ArrayList<>();
                for (String text : texts) {
                    Optional<T> value = item.reader().apply(text);
                    value.ifPresent(values::add);
                    if (value.isEmpty()) {
                        map.reject(key, "'" + text + "' is not accepted; give " + item.accepted());
                    }
                }
                return values;
            }

            @Override
            public String accepted() {
                return "a list such as " + example + ": " + item.accepted();
            }

            @Override
            public ObjectNode schema() {
                ObjectNode schema = typed("array").put("minItems", 1);
                schema.set("items", items.deepCopy());
                return schema;
            }
        };
    }

    /** Returns the form of a mapping. */
    public static Form<YamlMap> mapping(Keys keys) {
        return new Mapping(keys, false);
    }

    /** Returns the form of a mapping that may be written with nothing behind its key, which means its defaults. */
    public static Form<YamlMap> mappingOrNothing(Keys keys) {
        return new Mapping(keys, true);
    }

    private record Mapping(Keys keys, boolean orNothing) implements Form<YamlMap> {
        @Override
        public YamlMap read(YamlMap map, String key) {
            return keys.check(map.map(key));
        }

        @Override
        public String accepted() {
            return keys.accepted() + (orNothing ? ", which may be empty" : "");
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema = keys.schema();
            if (orNothing) {
                schema.putArray("type").add("object").add("null");
            }
            return schema;
        }
    }

    /**
     * Returns the form of a mapping whose keys are names that the file chooses.
     *
     * @param accepted which names are accepted, in words
     * @param names what a name must match
     */
    public static Form<YamlMap> named(String accepted, Predicate<String> names, String pattern, ObjectNode value) {
        return new Named(accepted, names, pattern, value, Keys.none());
    }

    /**
     * Returns the form of a mapping whose keys are names that the file chooses, each with a mapping behind it. What is wrong
     * with those is noted by whoever reads them.
     *
     * @param accepted which names are accepted, in words
     * @param names what a name must match
     */
    public static Form<YamlMap> named(String accepted, Predicate<String> names, String pattern, Keys keys) {
        return new Named(accepted, names, pattern, keys.schema(), keys);
    }

    /**
     * Reads a mapping whose keys are names.
     *
     * @param value schema of what is behind a name; never given away itself
     * @param keys of the mapping behind each name; none where there is no mapping
     */
    private record Named(String refusal, Predicate<String> names, String pattern, ObjectNode value, Keys keys)
            implements Form<YamlMap> {
        @Override
        public YamlMap read(YamlMap map, String key) {
            YamlMap named = map.map(key);
            named.keys().stream().filter(name -> !names.test(name)).forEach(name -> named.rejectKey(name, refusal));
            return named;
        }

        @Override
        public String accepted() {
            return "a mapping of names to values";
        }

        @Override
        public boolean isNamed() {
            return true;
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema = typed("object");
            schema.set("additionalProperties", value.deepCopy());
            schema.putObject("propertyNames").put("pattern", pattern);
            return schema;
        }
    }
}
