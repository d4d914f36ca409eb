package dev.bench.cli;

import dev.bench.compare.Outcome;
import java.util.List;

/** Lists what the tool's exit status means. */
enum ExitCode {
    PASS(0),
    INTERNAL_ERROR(1),
    USAGE(2),
    REGRESSION(3),
    INCONCLUSIVE(4),
    HOST_UNFIT(5),
    TARGET_FAILED(6),
    INTERRUPTED(130);

    /** The list for the foot of a command's help. */
    static final String HELP = "%nExit status: 0 pass, 1 internal error, 2 usage or scenario error, 3 regression,%n"
            + "4 inconclusive (with --strict), 5 host unfit, 6 a target failed, 130 interrupted, 143 ended by SIGTERM.";

    /** From good to bad: several scenarios end with the worst of theirs. */
    private static final List<ExitCode> BY_WEIGHT =
            List.of(PASS, INCONCLUSIVE, REGRESSION, TARGET_FAILED, HOST_UNFIT, USAGE, INTERNAL_ERROR, INTERRUPTED);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    /** Returns how a command ends that judges HEAD against BASE. */
    static ExitCode of(Outcome outcome, boolean strict) {
        return switch (outcome) {
            case REGRESSED -> REGRESSION;
            case INCONCLUSIVE -> strict ? ExitCode.INCONCLUSIVE : PASS;
            case IMPROVED, EQUIVALENT -> PASS;
        };
    }

    int status() {
        return status;
    }

    /** Returns the worse of two outcomes; what says less about the targets is worse, whatever its status. */
    ExitCode orWorse(ExitCode other) {
        return BY_WEIGHT.indexOf(other) > BY_WEIGHT.indexOf(this) ? other : this;
    }
}
