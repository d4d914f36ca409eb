package dev.bench.measure.storage;

import dev.bench.image.TreeManifest;
import dev.bench.target.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the shell script that does the jobs within an instance: one program after the other, each with a line before and
 * after what it found.
 *
 * <p>All input and output is buffered, as that of most programs is, by one thread that waits for each operation. Files are
 * laid out before a job begins to be timed. What is found goes to memory first, so that telling it disturbs no job.
 */
final class JobScript {
    /** Begins every line that is the script's own. */
    static final String MARK = "@bench ";

    static final String BEGIN = "begin";
    static final String OUTPUT = "output";
    static final String END = "end";

    /** Says that the host may drop its pages now, and that the next job waits for it as long as {@link #PAUSE_MILLIS}. */
    static final String DROP = "drop";

    /** Ends everything. */
    static final String DONE = "done";

    static final int PAUSE_MILLIS = 500;

    private static final String DATA = Place.DIRECTORY + "/data";
    private static final String SMALL = Place.DIRECTORY + "/small";
    private static final int BLOCK = 4096;
    private static final String FUNCTIONS = """
            say() { echo "%1$s$*"; }
            job() {
              name=$1; shift
              say %2$s $name
              fio --name=$name --output-format=json+ --output=/dev/shm/found --disable_slat=1 --lat_percentiles=0 \\
                --fallocate=none "$@" >/dev/shm/said 2>&1
              status=$?
              say %3$s $name $status
              if [ $status = 0 ]; then cat /dev/shm/found; else cat /dev/shm/found /dev/shm/said; fi
              say %4$s $name
              [ $status = 0 ] || exit 1
            }
            """;

    private final StorageSettings settings;
    private final List<String> lines = new ArrayList<>();

    private JobScript(StorageSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns the arguments that do the jobs.
     *
     * @param paused whether the host has pages to drop which the instance does not reach
     * @param large the file that is written to first, or null where the place is not in the root
     */
    static List<String> argv(StorageSettings settings, boolean paused, TreeManifest.@Nullable SizedFile large) {
        return List.of("sh", "-c", new JobScript(settings).text(paused, large));
    }

    private String text(boolean paused, TreeManifest.@Nullable SizedFile large) {
        lines.add("mkdir -p " + SMALL + " || exit 1");
        for (StorageJob job : settings.jobs()) {
            if (job.reads()) {
                prepareReading(paused);
            }
            switch (job) {
                case SYNC_WRITE -> onData(job, "--rw=randwrite --bs=4k --fsync=1 --overwrite=1" + lasting());
                case RANDOM_READ -> onData(job, "--rw=randread --bs=4k" + lasting());
                case WRITE -> onData(job, "--rw=write --bs=1M --end_fsync=1 --overwrite=1");
                case READ -> onData(job, "--rw=read --bs=1M");
                case FILES -> smallFiles();
                case FIRST_WRITE -> {
                    if (large != null) {
                        firstWrite(large);
                    }
                }
                case POSTGRES, REDIS -> lines.add(DatabaseScript.line(job));
            }
        }
        lines.add("say " + DONE);
        String functions = FUNCTIONS.formatted(MARK, BEGIN, OUTPUT, END);
        if (settings.jobs().stream().anyMatch(job -> job.program() != Program.FIO)) {
            functions += DatabaseScript.functions(settings);
        }
        return functions + String.join("\n", lines) + "\n";
    }

    /** Fio itself drops what its own kernel holds of a file. */
    private void prepareReading(boolean paused) {
        if (!settings.dropped()) {
            lines.add("cat " + DATA + " >/dev/null 2>&1");
        } else if (paused) {
            lines.add("sync; say " + DROP + "; sleep " + PAUSE_MILLIS / 1e3);
        }
    }

    private void onData(StorageJob job, String options) {
        lines.add("job " + job.word() + " --ioengine=psync --filename=" + DATA + " --size=" + settings.bytes() + " "
                + options + (job.reads() ? " --invalidate=" + (settings.dropped() ? 1 : 0) : ""));
    }

    private String lasting() {
        return " --time_based=1 --runtime=" + settings.runtime().toMillis() + "ms";
    }

    private void smallFiles() {
        String files = " --directory=" + SMALL + " --filename_format='f.$filenum' --nrfiles=" + settings.files()
                + " --openfiles=1 --bs=" + BLOCK + " --size=" + (long) settings.files() * BLOCK;
        lines.add("job create --ioengine=filecreate" + files);
        lines.add("job stat --ioengine=filestat" + files);
        lines.add("job unlink --ioengine=filedelete" + files);
    }

    /** Writes to its end: the file may be a library that fio itself has in use, of which nothing there is ever read. */
    private void firstWrite(TreeManifest.SizedFile large) {
        String file = " --filename='" + large.path().replace(":", "\\:") + "'";
        lines.add("job first_open --ioengine=filecreate --bs=4k --size=4k" + file);
        lines.add("job first_write --ioengine=psync --rw=write --bs=4k --size=4k --fsync=1 --offset="
                + (large.bytes() - BLOCK) / BLOCK * BLOCK + file);
    }
}
