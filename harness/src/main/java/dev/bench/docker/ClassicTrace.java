package dev.bench.docker;

import dev.bench.image.Dockerfile;
import dev.bench.target.BuildStep;
import dev.bench.target.ControlSequences;
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
    private static final Pattern STEP = Pattern.compile("(?i)(?:\\[\\d+/\\d+\\] )?step \\d+/\\d+ ?: (.*)");
    private static final String CACHED = "-> Using cache";
    /** What the builder itself says of a step's container. */
    private static final Pattern OF_CONTAINER = Pattern.compile("-+> .*|Removing intermediate container .*");

    private final List<Step> steps = new ArrayList<>();
    private long end;

    private static final class Step {
        private final String text;
        private final long begin;
        private boolean cached;
        private final List<String> log = new ArrayList<>();

        Step(String text, long begin) {
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
        for (String line : ControlSequences.removed(text).strip().lines().toList()) {
            Matcher step = STEP.matcher(line);
            Step last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
            if (step.matches()) {
                steps.add(new Step(step.group(1), nanos));
            } else if (last != null && line.contains(CACHED)) {
                last.cached = true;
            } else if (last != null
                    && !line.isBlank()
                    && !OF_CONTAINER.matcher(line.strip()).matches()) {
                BuildTrace.keep(last.log, line);
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
        return new FailedStep(step.text, lines(dockerfile).get(steps.size() - 1), step.log);
    }

    /**
     * Returns the steps in their order.
     *
     * @param requested when the build was requested
     */
    List<BuildStep> steps(Dockerfile dockerfile, long requested) {
        List<Integer> lines = lines(dockerfile);
        List<BuildStep> all = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            long until = i + 1 < steps.size() ? steps.get(i + 1).begin : end;
            all.add(new BuildStep(
                    step.text, lines.get(i), step.cached, (step.begin - requested) / 1e6, (until - requested) / 1e6));
        }
        return all;
    }

    /**
     * Returns the lines of the steps: their instructions follow one another as they stand there, though not every builder
     * makes a step of each.
     */
    private List<Integer> lines(Dockerfile dockerfile) {
        List<Dockerfile.Instruction> instructions = dockerfile.instructions();
        List<Integer> lines = new ArrayList<>();
        int next = 0;
        for (Step step : steps) {
            int at = next;
            while (at < instructions.size()
                    && !step.text.regionMatches(
                            true,
                            0,
                            instructions.get(at).keyword(),
                            0,
                            instructions.get(at).keyword().length())) {
                at++;
            }
            lines.add(at < instructions.size() ? instructions.get(at).line() : 0);
            next = at < instructions.size() ? at + 1 : next;
        }
        return lines;
    }
}
