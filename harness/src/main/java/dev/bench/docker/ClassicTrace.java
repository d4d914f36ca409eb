package dev.bench.docker;

import dev.bench.image.Dockerfile;
import dev.bench.target.BuildStep;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what an engine's classic builder writes while it builds. It gives no times: a step lasts from the moment its line
 * arrives to the moment that of the next one does. For use by one thread.
 */
final class ClassicTrace {
    private static final Pattern STEP = Pattern.compile("Step (\\d+)/\\d+ : (.*)");
    private static final String CACHED = "---> Using cache";
    private static final int KEPT_LINES = 200;

    private final List<Step> steps = new ArrayList<>();
    private long end;

    private static final class Step {
        private final int number;
        private final String text;
        private final long begin;
        private boolean cached;
        private final List<String> log = new ArrayList<>();

        Step(int number, String text, long begin) {
            this.number = number;
            this.text = text;
            this.begin = begin;
        }
    }

    /**
     * Takes in a piece of output.
     *
     * @param nanos when it arrived
     */
    void add(String text, long nanos) {
        end = nanos;
        for (String line : text.strip().lines().toList()) {
            Matcher step = STEP.matcher(line);
            Step last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
            if (step.matches()) {
                steps.add(new Step(Integer.parseInt(step.group(1)), step.group(2), nanos));
            } else if (last != null && line.contains(CACHED)) {
                last.cached = true;
            } else if (last != null && !line.isBlank()) {
                last.log.add(line);
                if (last.log.size() > KEPT_LINES) {
                    last.log.remove(0);
                }
            }
        }
    }

    /** Returns the step that went on last, with its last lines; null where none has begun. */
    @Nullable
    FailedStep last(Dockerfile dockerfile) {
        if (steps.isEmpty()) {
            return null;
        }
        Step step = steps.get(steps.size() - 1);
        return new FailedStep(step.text, line(dockerfile, step), step.log);
    }

    /**
     * Returns the steps in their order.
     *
     * @param requested when the build was requested
     */
    List<BuildStep> steps(Dockerfile dockerfile, long requested) {
        List<BuildStep> all = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            long until = i + 1 < steps.size() ? steps.get(i + 1).begin : end;
            all.add(new BuildStep(
                    step.text,
                    line(dockerfile, step),
                    step.cached,
                    (step.begin - requested) / 1e6,
                    (until - requested) / 1e6));
        }
        return all;
    }

    /** Every instruction is a step of the classic builder, in the order in which they stand there. */
    private static int line(Dockerfile dockerfile, Step step) {
        List<Dockerfile.Instruction> instructions = dockerfile.instructions();
        return step.number <= instructions.size()
                ? instructions.get(step.number - 1).line()
                : 0;
    }
}
