package dev.bench.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bench.result.Failure;
import dev.bench.result.FailureKind;
import dev.bench.result.Launch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GivenUpTest {
    private static final Failure TOO_LATE = new Failure(FailureKind.TIMEOUT, "too late", null);
    private static final List<String> LABELS = List.of("a", "b");

    private final GivenUp givenUp = new GivenUp();

    @Test
    void whatNeverGotReadyInDiscardedBlocksIsNotMeasured() {
        givenUp.discarded(launch("a", 0, TOO_LATE));
        assertEquals(LABELS, givenUp.launched(LABELS, true));
        givenUp.discarded(launch("a", 1, TOO_LATE));
        assertEquals(List.of("b"), givenUp.launched(LABELS, false));
        assertEquals(Map.of("a", TOO_LATE), givenUp.failures());
    }

    @Test
    void whatGotReadyOnceInDiscardedBlocksIsMeasured() {
        givenUp.discarded(launch("a", 0, TOO_LATE));
        givenUp.discarded(launch("a", 1, null));
        givenUp.discarded(launch("a", 2, TOO_LATE));
        assertEquals(LABELS, givenUp.launched(LABELS, false));
        assertEquals(Map.of(), givenUp.failures());
    }

    @Test
    void whatFailedWheneverItWasMeasuredHasNoFigure() {
        givenUp.measured(launch("a", 0, TOO_LATE));
        givenUp.measured(launch("b", 0, TOO_LATE));
        givenUp.measured(launch("b", 1, null));
        givenUp.measured(launch("b", 2, TOO_LATE));
        assertEquals(LABELS, givenUp.launched(LABELS, false));
        assertEquals(Map.of("a", TOO_LATE), givenUp.withoutFigure());
    }

    @Test
    void whatAnEngineLeftRunningIsGivenUpForGood() {
        givenUp.atOnce(List.of("a"), TOO_LATE);
        givenUp.discarded(launch("a", 1, null));
        assertEquals(List.of("b"), givenUp.launched(LABELS, true));
        assertEquals(List.of("b"), givenUp.launched(LABELS, false));
        assertEquals(Map.of("a", TOO_LATE), givenUp.failures());
    }

    private static Launch launch(String label, int block, Failure failure) {
        return new Launch(1, block, 0, label, true, failure == null, "", Map.of(), List.of(), failure);
    }
}
