package dev.bench.document;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says a piece of a line, such as a cell of a table: text, a figure, a mark.
 *
 * <p>A span holds what is said, never markup, so that whoever makes one cannot forget to escape it: each renderer does.
 */
public sealed interface Span {
    /** Returns the text without any mark. */
    String plain();

    /** Says text as it is. */
    record Text(String text) implements Span {
        @Override
        public String plain() {
            return text;
        }
    }

    /** Says a value with its unit; null where there is none. */
    record Value(@Nullable Double value, String unit) implements Span {
        @Override
        public String plain() {
            return Numbers.value(value, unit);
        }
    }

    /** Says an interval with its unit; null where there is none. */
    record Interval(@Nullable Double low, @Nullable Double high, String unit) implements Span {
        @Override
        public String plain() {
            return Numbers.interval(low, high, unit);
        }
    }

    /** Says a multiple; null where there is none. */
    record Ratio(@Nullable Double ratio) implements Span {
        @Override
        public String plain() {
            return Numbers.ratio(ratio);
        }
    }

    /** Says the interval of a multiple; null where there is none. */
    record RatioInterval(@Nullable Double low, @Nullable Double high) implements Span {
        @Override
        public String plain() {
            return Numbers.ratioInterval(low, high);
        }
    }

    /** Says a share of one; null where there is none. */
    record Fraction(@Nullable Double fraction) implements Span {
        @Override
        public String plain() {
            return Numbers.fraction(fraction);
        }
    }

    /** Says a share in percent; null where there is none. */
    record Percent(@Nullable Double fraction) implements Span {
        @Override
        public String plain() {
            return fraction == null ? Numbers.NONE : Numbers.percent(fraction);
        }
    }

    /** Counts things. */
    record Count(long count) implements Span {
        @Override
        public String plain() {
            return Long.toString(count);
        }
    }

    /** Counts things of which there had better be none. */
    record Failures(long count) implements Span {
        @Override
        public String plain() {
            return Long.toString(count);
        }
    }

    /** Names a target, with the mark of an emulated processor. */
    record Name(String name, boolean emulated) implements Span {
        @Override
        public String plain() {
            return name + (emulated ? " (emulated)" : "");
        }
    }

    /** Stands out. */
    record Strong(Span span) implements Span {
        @Override
        public String plain() {
            return span.plain();
        }
    }

    /** Stands back. */
    record Small(String text) implements Span {
        @Override
        public String plain() {
            return text;
        }
    }

    /** Says what is wrong. */
    record Alarm(String text) implements Span {
        @Override
        public String plain() {
            return text;
        }
    }

    /** Says text that may be broken where a column is narrow. */
    record Wrapped(String text) implements Span {
        @Override
        public String plain() {
            return text;
        }
    }

    /** Quotes what a program said, line by line. */
    record Code(String text) implements Span {
        @Override
        public String plain() {
            return text.replace("\n", ", ");
        }
    }

    /** Marks what it stands behind by a word. */
    record Badge(String word) implements Span {
        @Override
        public String plain() {
            return "(" + word + ")";
        }
    }

    /** Leads to another place. */
    record Link(String address, Span span) implements Span {
        @Override
        public String plain() {
            return span.plain();
        }
    }

    /** Begins a new line. */
    record Break() implements Span {
        @Override
        public String plain() {
            return " ";
        }
    }

    /** Sets several spans in a row, with nothing between them. */
    record Phrase(List<Span> spans) implements Span {
        public Phrase {
            spans = List.copyOf(spans);
        }

        @Override
        public String plain() {
            return spans.stream().map(Span::plain).collect(Collectors.joining());
        }
    }

    /** Returns text. */
    static Span text(String text) {
        return new Text(text);
    }

    /** Returns what stands where there is nothing to say. */
    static Span none() {
        return new Text(Numbers.NONE);
    }

    /** Returns several spans in a row. */
    static Span phrase(Span... spans) {
        return new Phrase(List.of(spans));
    }

    /** Returns a link. */
    static Span link(String address, String text) {
        return new Link(address, new Text(text));
    }
}
