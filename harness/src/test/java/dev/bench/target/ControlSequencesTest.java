package dev.bench.target;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ControlSequencesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[31m",
                "\u001b[0m",
                "\u001b[K",
                "\u001b[?25l",
                "\u001b[=3h",
                "\u001b[>4;2m",
                "\u001b[38:2:1:2:3m",
                "\u001b[2 q",
                "\u001b[!p",
                "\u001bc",
                "\u001b(B",
                "\u001b7",
                "\u001b]0;title\u0007",
                "\u001b]8;;http://localhost\u001b\\",
                "\u001bP1$r0m\u001b\\"
            })
    void areTakenOutOfWhatStandsAroundThem(String sequence) {
        assertEquals("before after", ControlSequences.removed("before" + sequence + " after"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[31m", "a]b;c", "\u001b[31", "\ttab"})
    void otherTextStays(String text) {
        assertEquals(text, ControlSequences.removed(text));
    }
}
