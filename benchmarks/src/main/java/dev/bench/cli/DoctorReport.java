package dev.bench.cli;

import dev.bench.doctor.Doctor;
import dev.bench.document.PlainText;
import dev.bench.host.Capability;
import dev.bench.host.Capability.State;
import dev.bench.target.Drivers;
import dev.bench.target.TargetDriver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes what the doctor found for people. */
final class DoctorReport {
    private static final int GREEN = 32;
    private static final int YELLOW = 33;
    private static final int RED = 31;
    private static final int STATE_WIDTH = "✗ degraded  ".length();

    private static final int LEAST_TEXT = 30;
    private static final int NARROW_INDENT = 4;

    private final Console console;
    private final List<TargetDriver> drivers;
    private final int width;

    DoctorReport(Console console, List<TargetDriver> drivers) {
        this(console, drivers, console.width());
    }

    DoctorReport(Console console, List<TargetDriver> drivers, int width) {
        this.console = console;
        this.drivers = drivers;
        this.width = width;
    }

    /** Returns the table, each line that is not well followed by its consequence and remedy, and the conclusion. */
    String render(List<Capability> capabilities) {
        int nameWidth = 2
                + capabilities.stream()
                        .mapToInt(capability -> capability.name().length())
                        .max()
                        .orElse(0);
        StringBuilder text = new StringBuilder();
        for (Capability capability : capabilities) {
            boolean beside = width - STATE_WIDTH - nameWidth >= LEAST_TEXT;
            int indent = beside ? STATE_WIDTH + nameWidth : NARROW_INDENT;
            String state = symbol(capability.state()) + " " + capability.state().label();
            text.append(console.coloured(colour(capability.state()), state))
                    .append(" ".repeat(STATE_WIDTH - state.length()))
                    .append(capability.name())
                    // On a narrow terminal what was found stands below the name.
                    .append(beside ? " ".repeat(nameWidth - capability.name().length()) : "\n" + " ".repeat(indent));
            append(text, capability.finding(), indent);
            if (capability.state() != State.OK) {
                text.append(" ".repeat(indent));
                append(text, capability.consequence(), indent);
                text.append(" ".repeat(indent));
                append(text, "→ " + capability.remedy(), indent + 2);
            }
        }
        text.append('\n');
        fitness(capabilities)
                .forEach((driver, fit) -> text.append(driver)
                        .append(": ")
                        .append(
                                fit.isEmpty()
                                        ? console.coloured(GREEN, "can be measured")
                                        : console.coloured(RED, "cannot be measured") + ", for lack of "
                                                + String.join(", ", fit))
                        .append('\n'));
        return text.toString();
    }

    /** Returns for every driver the names of what stands in the way of its targets. */
    Map<String, List<String>> fitness(List<Capability> capabilities) {
        Map<String, List<String>> fitness = new LinkedHashMap<>();
        for (TargetDriver driver : Drivers.byKind(drivers)) {
            fitness.put(
                    driver.key(),
                    Doctor.obstacles(capabilities, Set.of(driver.key())).stream()
                            .map(Capability::name)
                            .toList());
        }
        return fitness;
    }

    private void append(StringBuilder text, String sentence, int indent) {
        // What a program of the host said may have several lines, and anything in them.
        List<String> lines = sentence.lines()
                .map(PlainText::printable)
                .flatMap(line -> Folding.wrap(line, width - indent).stream())
                .toList();
        text.append(String.join("\n" + " ".repeat(indent), lines)).append('\n');
    }

    private static String symbol(State state) {
        return switch (state) {
            case OK -> "✓";
            case DEGRADED -> "!";
            case MISSING -> "✗";
        };
    }

    private static int colour(State state) {
        return switch (state) {
            case OK -> GREEN;
            case DEGRADED -> YELLOW;
            case MISSING -> RED;
        };
    }
}
