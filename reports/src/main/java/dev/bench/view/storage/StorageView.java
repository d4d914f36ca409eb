package dev.bench.view.storage;

import dev.bench.analysis.Measurand;
import dev.bench.document.Term;
import dev.bench.measure.storage.PersistenceRecord;
import dev.bench.measure.storage.StorageMetrics;
import dev.bench.measure.storage.StorageRecord;
import dev.bench.result.ResultStore;
import dev.bench.view.MeasureView;
import dev.bench.view.MetricQuestion;
import dev.bench.view.PlotSection;
import dev.bench.view.Question;
import dev.bench.view.Section;
import dev.bench.view.TableFigure;
import dev.bench.view.TableRow;
import java.util.ArrayList;
import java.util.List;

/** Shows what data costs where instances keep it, and what is kept of it. */
public final class StorageView implements MeasureView {
    static final String TOPIC = "Storage";

    @Override
    public String measure() {
        return "storage";
    }

    @Override
    public List<Section> sections() {
        return List.of(new PersistenceSection(), new JobsSection(), new PlotSection());
    }

    @Override
    public List<Question> questions() {
        return List.of(
                new MetricQuestion(
                        TOPIC,
                        "How fast is a synchronous write?",
                        "synchronous writes",
                        StorageMetrics.SYNC_WRITE.id()),
                new MetricQuestion(
                        TOPIC,
                        "How many transactions does PostgreSQL commit?",
                        "PostgreSQL transactions",
                        StorageMetrics.POSTGRES.id()),
                new MetricQuestion(TOPIC, "How many SETs does Redis keep?", "Redis SETs", StorageMetrics.REDIS.id()),
                new PersistenceQuestion());
    }

    @Override
    public List<TableFigure> table() {
        return List.of(TableFigure.of(TableRow.PERSISTENCE, "after its removal", new PersistenceQuestion()));
    }

    @Override
    public List<Object> details(ResultStore store) {
        List<Object> details = new ArrayList<>(store.details(StorageRecord.FILE));
        details.addAll(store.details(PersistenceRecord.FILE));
        return details;
    }

    @Override
    public List<Term> terms() {
        return List.of(
                new Term(
                        "jobs",
                        "Those of fio by one thread that waits for each operation, buffered; all in one instance a trial, in"
                                + " an empty place made for it. Files are laid out before a job is timed."),
                new Term(
                        "page caches",
                        "Where they are dropped, fio asks the instance's kernel to forget the file before it is read, and"
                                + " the host forgets a machine's disk (posix_fadvise; reads are not O_DIRECT). Where they"
                                + " are kept, the file is read once before. Writes always go through them, up to fsync."),
                new Term(
                        "files created, looked at, removed",
                        "Per second of the calls themselves, one after the other. How fast a file system creates files may"
                                + " depend on what was removed on it before: two speeds of the same place are seen on some"
                                + " hosts, which a median of few blocks does not show and the plot does."),
                new Term(
                        "first write",
                        "An overlay file system copies a whole file of the image when it is first opened for writing; a"
                                + " virtual disk copies the clusters that are written. Only where data is kept in the root."),
                new Term(
                        "PostgreSQL, Redis",
                        "Server and client run in the instance, by the loopback interface, the server as a user without"
                                + " privileges with its data in the place; each block has a new one. PostgreSQL keeps the"
                                + " settings of its initdb (fsync, synchronous_commit and full_page_writes on): pgbench does"
                                + " its own mix of transactions on tables of scale 1, written out before. Redis has"
                                + " appendonly yes and appendfsync always, and no snapshots: redis-benchmark sends SETs of 3"
                                + " bytes. One connection waits for every answer; with several, one flush would serve more"
                                + " than one."),
                new Term(
                        "a file system made for the trial",
                        "With storage.fresh: no file was ever created or removed on it, so that creates have one speed. On a"
                                + " loop device, a flush passes through that file system and through the host's: compare"
                                + " flushes among places that have one."),
                new Term(
                        "removal with volumes",
                        "What goes when an engine is told to remove storage too: a container's anonymous volumes, which"
                                + " named ones are not, and the disks of a machine."),
                new Term(
                        "host reboot",
                        "Simulated: the container engine is killed and started anew on the same data, a machine is started"
                                + " from its disks by a new connection, a process in new namespaces. What is in the host's"
                                + " memory and not in a process of these survives, so that no lost write is seen."));
    }

    /** Programs keep the capitals of their names. */
    @Override
    public String named(Measurand headline) {
        return headline.id().equals(StorageMetrics.POSTGRES.id())
                        || headline.id().equals(StorageMetrics.REDIS.id())
                ? headline.title()
                : MeasureView.super.named(headline);
    }

    @Override
    public String failure() {
        return "no job ended";
    }

    /** Leaves out what only the page has room for. */
    @Override
    public boolean isBrief(Measurand metric) {
        return !metric.id().equals(StorageMetrics.RANDOM_READ_P99.id())
                && !metric.id().equals(StorageMetrics.STAT.id())
                && !metric.id().equals(StorageMetrics.UNLINK.id());
    }
}
