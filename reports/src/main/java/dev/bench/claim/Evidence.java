package dev.bench.claim;

import dev.bench.analysis.OrderStatistics;
import dev.bench.result.Bound;
import org.jspecify.annotations.Nullable;

/**
 * Holds one figure that a claim is held against.
 *
 * @param estimate the median, or the ratio
 * @param interval its 95 % interval, or null where there are too few samples for one
 * @param bias which way the figure errs
 */
record Evidence(double estimate, OrderStatistics.@Nullable Interval interval, Bias bias) {
    /** Says which way a figure errs, since a processor was emulated. */
    enum Bias {
        NONE,
        /** On hardware it would be no larger. */
        UPWARDS,
        /** On hardware it would be no smaller. */
        DOWNWARDS,
        /** On hardware it might be either. */
        UNKNOWN
    }

    /**
     * Holds the figure against a bound. A figure that errs one way decides what the error cannot have brought about: what
     * an emulated machine does in less time than is claimed, one on hardware does too.
     */
    ClaimVerdict against(Bound bound) {
        OrderStatistics.Interval range = interval;
        if (range == null) {
            return ClaimVerdict.UNDECIDED;
        }
        Double min = bound.min();
        Double max = bound.max();
        if (min != null && range.high() < min) {
            return sure(Bias.UPWARDS, ClaimVerdict.REFUTED);
        }
        if (max != null && range.low() > max) {
            return sure(Bias.DOWNWARDS, ClaimVerdict.REFUTED);
        }
        boolean inside = (min == null || range.low() >= min) && (max == null || range.high() <= max);
        if (!inside) {
            return bias == Bias.NONE ? ClaimVerdict.UNDECIDED : ClaimVerdict.NOT_COMPARABLE;
        }
        if (min != null && max != null) {
            return bias == Bias.NONE ? ClaimVerdict.REPRODUCED : ClaimVerdict.NOT_COMPARABLE;
        }
        return sure(min == null ? Bias.UPWARDS : Bias.DOWNWARDS, ClaimVerdict.REPRODUCED);
    }

    private ClaimVerdict sure(Bias harmless, ClaimVerdict verdict) {
        return bias == Bias.NONE || bias == harmless ? verdict : ClaimVerdict.NOT_COMPARABLE;
    }

    /** Returns how many times beyond a bound it is; 1 where it is within. */
    double factorBeyond(Bound bound) {
        if (bound.min() != null && estimate < bound.min()) {
            return bound.min() / estimate;
        }
        return bound.max() != null && estimate > bound.max() ? estimate / bound.max() : 1;
    }
}
