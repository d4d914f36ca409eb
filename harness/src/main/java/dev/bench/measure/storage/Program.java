package dev.bench.measure.storage;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Names what does jobs within an instance, with what an image has to have for it. */
enum Program {
    FIO("fio", "fio", List.of("fio"), List.of("^fio:"), "Check storage.size against what the place can hold"),
    POSTGRES(
            "PostgreSQL",
            "postgresql-15",
            List.of("initdb", "pg_ctl", "psql", "pgbench", "setpriv"),
            List.of("\\bwas terminated by signal\\b", "\\b(FATAL|PANIC):", "\\berror:"),
            "Check limits.memory and what the place can hold; the log has all it said"),
    REDIS(
            "Redis",
            "redis-server",
            List.of("redis-server", "redis-cli", "redis-benchmark", "setpriv"),
            List.of("(?i)\\bfatal\\b", "\\bCan't\\b", "(?i)\\berror\\b"),
            "Check limits.memory and what the place can hold; the log has all it said");

    private final String title;
    private final String debianPackage;
    private final List<String> executables;
    private final List<Pattern> faults;
    private final String advice;

    Program(String title, String debianPackage, List<String> executables, List<String> faults, String advice) {
        this.title = title;
        this.debianPackage = debianPackage;
        this.executables = executables;
        this.faults = faults.stream().map(Pattern::compile).toList();
        this.advice = advice;
    }

    /** Returns what a part of a job was done by, such as {@code create}. */
    static Program of(String part) {
        return Arrays.stream(StorageJob.values())
                .filter(job -> job.word().equals(part))
                .map(StorageJob::program)
                .findFirst()
                .orElse(FIO);
    }

    /** Returns the package of the tool image that has it. */
    String debianPackage() {
        return debianPackage;
    }

    /** Returns what an image has to have. */
    List<String> executables() {
        return executables;
    }

    /** Says in its own words why a part of a job failed, and what to try. */
    String failure(String part, String said) {
        List<String> lines =
                said.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        String words = faults.stream()
                .flatMap(fault ->
                        lines.stream().filter(line -> fault.matcher(line).find()))
                .findFirst()
                .orElse(lines.isEmpty() ? "it did not say why" : lines.get(lines.size() - 1));
        return title + " failed" + (this == FIO ? " at " + part : "") + ": " + words + ". " + advice;
    }
}
