package dev.bench.docker;

import dev.bench.image.Dockerfile;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the instructions behind BuildKit's names of steps, such as {@code [build 3/6] COPY . .}; each is found once. */
final class StepLines {
    private static final Pattern NAME = Pattern.compile("\\[(?:\\S+ +)?\\d+/\\d+\\] (.*)", Pattern.DOTALL);

    private final List<Dockerfile.Instruction> left;

    StepLines(Dockerfile dockerfile) {
        this.left = new ArrayList<>(dockerfile.instructions());
    }

    /** Returns the instruction of a step; null where it is none, such as the export. */
    Dockerfile.@Nullable Instruction find(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return null;
        }
        String text = Dockerfile.normalized(matcher.group(1));
        String keyword = text.split(" ", 2)[0];
        Dockerfile.Instruction found = null;
        for (Dockerfile.Instruction instruction : left) {
            if (instruction.text().equalsIgnoreCase(text)) {
                found = instruction;
                break;
            }
            // Variables stand there as their values, so that the first of the kind has to do.
            if (found == null && instruction.keyword().equalsIgnoreCase(keyword)) {
                found = instruction;
            }
        }
        left.remove(found);
        return found;
    }
}
