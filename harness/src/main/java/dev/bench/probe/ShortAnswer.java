package dev.bench.probe;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Judges an answer by its beginning as a whole. */
final class ShortAnswer implements Answer {
    private static final int LONGEST = 1 << 16;

    private final Judge judge;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Excerpt excerpt = new Excerpt();

    /** Reads answers. */
    @FunctionalInterface
    interface Judge {
        /**
         * Reads what has arrived.
         *
         * @param answer at least one byte, in ISO-8859-1
         * @param ended whether no more will be read
         */
        Reading judge(String answer, boolean ended);
    }

    ShortAnswer(Judge judge) {
        this.judge = judge;
    }

    /** Makes what takes an answer that begins with a text, in ISO-8859-1, for the correct one. */
    static Supplier<Answer> beginningWith(String expected) {
        return () -> new ShortAnswer((answer, ended) -> {
            if (answer.startsWith(expected)) {
                return Reading.READY;
            }
            return expected.startsWith(answer) && !ended ? Reading.MORE : Reading.WRONG;
        });
    }

    @Override
    public Reading accept(byte[] next, int count) {
        excerpt.accept(next, count);
        bytes.write(next, 0, Math.min(count, LONGEST - bytes.size()));
        return judge(bytes.size() == LONGEST);
    }

    @Override
    public Reading end() {
        return judge(true);
    }

    private Reading judge(boolean ended) {
        return judge.judge(bytes.toString(StandardCharsets.ISO_8859_1), ended);
    }

    @Override
    public String excerpt() {
        return excerpt.toString();
    }
}
