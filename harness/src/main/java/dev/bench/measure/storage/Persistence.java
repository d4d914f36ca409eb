package dev.bench.measure.storage;

import dev.bench.result.FailureKind;
import dev.bench.session.Trial;
import dev.bench.target.Event;
import dev.bench.target.Instance;
import dev.bench.target.LaunchException;
import dev.bench.target.PhaseRecorder;
import dev.bench.target.Place;
import dev.bench.target.PlaceRequest;
import dev.bench.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sees what is kept of a file by one event after the other. Used by one thread. */
final class Persistence {
    private static final String FILE = Place.DIRECTORY + "/kept";
    private static final String WORD = "written";
    private static final String JOB = "look";
    private static final long BYTES = 1L << 20;

    /** Looks for the file, and writes it where it is not there, for the next event. */
    private static final String SCRIPT = """
            say() { echo "%1$s$*"; }
            mkdir -p %2$s || exit 1
            say %3$s %4$s
            say %5$s %4$s 0
            cat %6$s 2>/dev/null
            say %7$s %4$s
            echo %8$s >%6$s || exit 1
            sync
            say %9$s
            """.formatted(
                    JobScript.MARK,
                    Place.DIRECTORY,
                    JobScript.BEGIN,
                    JOB,
                    JobScript.OUTPUT,
                    FILE,
                    JobScript.END,
                    WORD,
                    JobScript.DONE);

    private final Trial trial;
    private final Execution execution;
    private final boolean fresh;

    /** Prepares a look at places that are made as those of trials are: whether as file systems of their own. */
    Persistence(Trial trial, Execution execution, boolean fresh) {
        this.trial = trial;
        this.execution = execution;
        this.fresh = fresh;
    }

    /**
     * Lets every event happen in a place made for it.
     *
     * @throws LaunchException where the run is interrupted; any other failure is a record's reason
     */
    List<PersistenceRecord> see() throws LaunchException {
        try (Place place = trial.target()
                .place(new PlaceRequest(trial.names().get(), BYTES, fresh))
                .orElseThrow()) {
            try {
                return see(place, place.target(List.of("sh", "-c", SCRIPT)));
            } finally {
                // What is in use is not removed.
                execution.remove();
            }
        }
    }

    private List<PersistenceRecord> see(Place place, Target launcher) throws LaunchException {
        String failure = "";
        try {
            look(conversation ->
                    Optional.of(launcher.launch(Execution.request(trial, conversation), new PhaseRecorder())));
        } catch (LaunchException e) {
            failure = reason(e);
        }
        List<PersistenceRecord> records = new ArrayList<>();
        for (Event event : Event.values()) {
            records.add(failure.isEmpty() ? after(event, place, launcher) : unseen(event, place, failure));
        }
        return records;
    }

    private PersistenceRecord after(Event event, Place place, Target launcher) throws LaunchException {
        try {
            Optional<Boolean> kept = look(conversation ->
                    place.after(event, execution.instance(), launcher, Execution.request(trial, conversation)));
            return kept.isPresent()
                    ? new PersistenceRecord(trial.label(), place.describe(), words(event), kept.get(), null)
                    : unseen(event, place, "an existing engine is not started anew");
        } catch (LaunchException e) {
            return unseen(event, place, reason(e));
        }
    }

    private static String reason(LaunchException e) throws LaunchException {
        if (e.kind() == FailureKind.INTERRUPTED) {
            throw e;
        }
        return String.valueOf(e.getMessage());
    }

    /** Launches an instance that looks. */
    @FunctionalInterface
    private interface Launching {
        Optional<Instance> launch(Conversation conversation) throws LaunchException;
    }

    /** Returns whether the file was there; empty where nothing was launched. */
    private Optional<Boolean> look(Launching launching) throws LaunchException {
        Conversation conversation = new Conversation(() -> {});
        Optional<Instance.Exit> exit = execution.follow(() -> launching.launch(conversation), conversation);
        if (exit.isEmpty()) {
            return Optional.empty();
        }
        execution.requireSuccess(exit.get(), conversation.isDone());
        return Optional.of(
                WORD.equals(conversation.found().getOrDefault(JOB, "").strip()));
    }

    private PersistenceRecord unseen(Event event, Place place, String reason) {
        return new PersistenceRecord(trial.label(), place.describe(), words(event), null, reason);
    }

    private static String words(Event event) {
        return switch (event) {
            case RESTART -> "restart";
            case REBOOT -> "host reboot";
            case REMOVAL -> PersistenceRecord.REMOVAL;
            case REMOVAL_WITH_VOLUMES -> "removal with volumes";
        };
    }
}
