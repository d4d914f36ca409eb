package dev.bench.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SpellingTest {
    private static final List<String> WORDS = List.of("run", "report", "--blocks", "--target", "compare");

    @Test
    void findsWhatWasMeant() {
        assertEquals(Optional.of("run"), Spelling.nearest("rnu", WORDS));
        assertEquals(Optional.of("run"), Spelling.nearest("RUN", WORDS));
        assertEquals(Optional.of("report"), Spelling.nearest("reprot", WORDS));
        assertEquals(Optional.of("--blocks"), Spelling.nearest("--blcks", WORDS));
        assertEquals(Optional.of("--target"), Spelling.nearest("--targets", WORDS));
    }

    @Test
    void endsAComplaintBeforeTheNextSentence() {
        assertEquals("; did you mean 'run'?", Spelling.stop("rnu", WORDS));
        assertEquals(".", Spelling.stop("frobnicate", WORDS));
        assertEquals("", Spelling.question("frobnicate", WORDS));
    }

    @Test
    void suggestsNothingThatIsFarFromIt() {
        assertEquals(Optional.empty(), Spelling.nearest("frobnicate", WORDS));
        assertEquals(Optional.empty(), Spelling.nearest("", WORDS));
    }
}
