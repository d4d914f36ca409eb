package dev.bench.measure.isolation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.bench.result.DetailFile;
import dev.bench.result.SortedMaps;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records one trial of isolation: a line of {@code isolation.jsonl}.
 *
 * @param session number of the measuring JVM, from 1
 * @param block number of the block within the session
 * @param target name of the target, or of its A/A copy
 * @param warmup whether the trial belongs to a discarded block
 * @param requests how many the load was; 0 for none
 * @param phases what was traced, in order: {@link #CONTROL}, {@link #START}, {@link #IDLE} and, where there was one,
 *     {@link #LOAD}
 * @param inside what was seen from inside, or null where the substrate shows nothing
 * @param functionsRefused why no functions were traced, with what to do about it; null where they were
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record IsolationRecord(
        int session,
        int block,
        String target,
        boolean warmup,
        int requests,
        List<Phase> phases,
        @Nullable Inside inside,
        @Nullable String functionsRefused) {
    /** As long as idle, without an instance. */
    public static final String CONTROL = "control";

    /** From the request to the first correct response. */
    public static final String START = "start";

    /** Ready, and nobody asks. */
    public static final String IDLE = "idle";

    /** While requests are served. */
    public static final String LOAD = "load";

    /** Where trials are stored. */
    public static final DetailFile<IsolationRecord> FILE =
            new DetailFile<>("isolation.jsonl", IsolationRecord.class, "a trial of isolation");

    public IsolationRecord {
        phases = List.copyOf(phases);
    }

    /** Finds a phase by its name; empty where it was not traced. */
    public Optional<Phase> phase(String name) {
        return phases.stream().filter(phase -> phase.name().equals(name)).findFirst();
    }

    /** Returns the phases that had an instance, in order. */
    public Stream<Phase> instance() {
        return phases.stream().filter(phase -> !phase.name().equals(CONTROL));
    }

    /**
     * Is what threads of the instance entered in the host's kernel in one phase.
     *
     * @param name which
     * @param calls how often each system call was entered, by name, less what the control entered
     * @param tracepoints what was passed in another launch, as {@code group:event}
     * @param functions what was executed in a third launch, by name; empty where it could not be traced
     * @param threads how many threads entered system calls
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Phase(
            String name, Map<String, Long> calls, List<String> tracepoints, List<String> functions, int threads) {
        public Phase {
            calls = SortedMaps.copyOf(calls);
            tracepoints = List.copyOf(tracepoints);
            // Results of versions that traced none have none.
            functions = functions == null ? List.of() : List.copyOf(functions);
        }
    }

    /**
     * Is what a program in the workload's place saw.
     *
     * @param isolation the class, see {@link IsolationClass}
     * @param confidence how far the evidence goes
     * @param reasons the evidence, a sentence each
     * @param evidence everything that was seen, name to words, in the order of reading
     * @param refused system calls that were not permitted
     * @param absent system calls that are not implemented
     * @param devices names of device nodes
     * @param setUserId files of the image that execute as their owner, which every target has
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Inside(
            String isolation,
            String confidence,
            List<String> reasons,
            Map<String, String> evidence,
            List<String> refused,
            List<String> absent,
            List<String> devices,
            List<String> setUserId) {
        public Inside {
            reasons = List.copyOf(reasons);
            evidence = Collections.unmodifiableMap(new LinkedHashMap<>(evidence));
            refused = List.copyOf(refused);
            absent = List.copyOf(absent);
            devices = List.copyOf(devices);
            setUserId = List.copyOf(setUserId);
        }
    }
}
