package dev.bench.docker;

import java.util.List;

/**
 * Is the step that a build failed at.
 *
 * @param text the instruction, or what the builder calls the step
 * @param line of the Dockerfile; 0 where it is none of its instructions
 * @param output its last lines
 */
record FailedStep(String text, int line, List<String> output) {
    FailedStep {
        output = List.copyOf(output);
    }
}
