package dev.bench.compare;

import dev.bench.analysis.Measurand;
import dev.bench.analysis.Series;
import dev.bench.analysis.Shift;
import java.util.List;
import java.util.stream.Stream;

/**
 * Holds a comparison before it is judged.
 *
 * @param target what is compared with what
 * @param base samples of BASE
 * @param head samples of HEAD
 * @param sampling what counts as one sample
 * @param shift how far HEAD lies from BASE, on logarithms
 */
record Candidate(Target target, Samples base, Samples head, Sampling sampling, Shift shift) {
    /**
     * Names a target of both sides.
     *
     * @param label its name for people
     * @param base its name in BASE
     * @param head its name in HEAD
     */
    record Target(String label, String base, String head) {}

    Measurand measurand() {
        return head.measurand();
    }

    /** Returns the natural logarithms of HEAD / BASE of a session, one per block that both have. */
    double[] logRatios(int session) {
        return Shift.logRatios(
                base.ofSession(session).points(), head.ofSession(session).points());
    }

    /** Returns whether every value of both is above zero, so that there is a ratio. */
    boolean isPositive() {
        return Stream.concat(base.points().stream(), head.points().stream())
                .map(Series.Point::value)
                .allMatch(value -> value > 0);
    }

    /** Returns whether both are in one unit. */
    boolean isOfOneUnit() {
        return base.measurand().unit().equals(head.measurand().unit());
    }

    /** Returns the sessions that either has samples of, in their order. */
    List<Integer> sessions() {
        return Stream.concat(base.sessions().stream(), head.sessions().stream())
                .distinct()
                .sorted()
                .toList();
    }
}
