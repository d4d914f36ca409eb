package dev.bench.view.isolation;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.Measurand;
import dev.bench.document.Numbers;
import dev.bench.document.Term;
import dev.bench.measure.isolation.IsolationMetrics;
import dev.bench.measure.isolation.IsolationRecord;
import dev.bench.measure.isolation.IsolationRecord.Phase;
import dev.bench.measure.isolation.Subsystems;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import dev.bench.view.MeasureView;
import dev.bench.view.MetricQuestion;
import dev.bench.view.Question;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import dev.bench.view.TableFigure;
import dev.bench.view.TableRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Shows what instances reach of the host's kernel and what they are allowed, and calls nothing secure. */
public final class IsolationView implements MeasureView {
    static final String TOPIC = "Isolation";
    private static final String CALLS = "system calls";
    private static final String TRACEPOINTS = "tracepoints";
    private static final String FUNCTIONS = "functions";

    @Override
    public String measure() {
        return "isolation";
    }

    @Override
    public List<Section> sections() {
        return List.of(
                new EvidenceSection(),
                new ReachSection(
                        "System calls of the host",
                        CALLS,
                        "Which system calls of the host's kernel are entered by every thread that exists because of the"
                                + " instance: those of the workload where it runs on the host's kernel, of launchers, shims"
                                + " and runtimes, of a machine's emulator. Daemons that launch and this harness are not"
                                + " among them.",
                        Reach::calls,
                        Subsystems::ofCall),
                new ReachSection(
                        "Tracepoints of the host",
                        TRACEPOINTS,
                        "Which tracepoints of the host's kernel the same threads pass, in a launch of its own: a trace of"
                                + " the parts of the kernel that do the work behind the calls. Which of them a thread passes"
                                + " depends on what else the host does, too.",
                        Phase::tracepoints,
                        Subsystems::ofTracepoint),
                new FunctionsSection(new ReachSection(
                        FunctionsSection.TITLE,
                        FUNCTIONS,
                        "Which functions of the host's kernel the same threads execute, in a third launch. What they do in"
                                + " hardware interrupts is left out, but for entering and leaving those; what a soft"
                                + " interrupt does in their time may be somebody else's.",
                        Phase::functions,
                        Subsystems::ofFunction)));
    }

    @Override
    public List<Question> questions() {
        return List.of(
                new MetricQuestion(
                        TOPIC,
                        "How much of the host's kernel does it reach?",
                        "different host system calls",
                        IsolationMetrics.HOST_SYSCALLS.id()),
                IsolationQuestion.ALLOWED);
    }

    @Override
    public List<TableFigure> table() {
        return List.of(
                TableFigure.of(TableRow.ISOLATION, "", IsolationQuestion.LEVEL),
                TableFigure.of(TableRow.SECURITY, "entered of the host", IsolationMetrics.HOST_SYSCALLS),
                TableFigure.of(TableRow.SECURITY, "answered inside", IsolationMetrics.SYSCALLS),
                TableFigure.of(TableRow.SECURITY, "held inside", IsolationMetrics.CAPABILITIES));
    }

    /** Returns the names of the targets in the order in which they are shown. */
    static List<String> targets(ReportContext context) {
        return context.analysed().result().targets().stream()
                .map(Result.TargetFacts::name)
                .toList();
    }

    @Override
    public List<IsolationRecord> details(ResultStore store) {
        return store.details(IsolationRecord.FILE);
    }

    @Override
    public List<String> warnings(List<?> details) {
        List<IsolationRecord> records = details.stream()
                .filter(IsolationRecord.class::isInstance)
                .map(IsolationRecord.class::cast)
                .toList();
        List<String> warnings = new ArrayList<>();
        warn(records, CALLS, Reach::calls, warnings);
        warn(records, TRACEPOINTS, Phase::tracepoints, warnings);
        warn(records, FUNCTIONS, Phase::functions, warnings);
        return warnings;
    }

    private static void warn(
            List<IsolationRecord> records,
            String what,
            Function<Phase, Collection<String>> kind,
            List<String> warnings) {
        List<String> targets = records.stream()
                .map(IsolationRecord::target)
                .distinct()
                .sorted()
                .toList();
        Reach.byTarget(targets, records, kind).forEach((target, reach) -> {
            if (reach.isUnstable()) {
                warnings.add("target " + target + ": the host's " + what + " are unstable, two blocks share only "
                        + Numbers.fraction(reach.agreement().orElse(1)) + " of them; do not compare how many they are");
            }
            if (reach.isForeign()) {
                warnings.add("target " + target + ": " + Numbers.percent(reach.foreign()) + " of the host's " + what
                        + " came without an instance, too; something else uses what launches it");
            }
        });
    }

    @Override
    public List<String> remarks(Analysed analysed) {
        return List.of(
                "Fewer entries into the host's kernel are not less reachable kernel: what is counted is what this"
                        + " workload did enter, and an attacker enters what is permitted. A machine's own kernel does not count as the"
                        + " host's, and its emulator is one more program that can be attacked. No figure here says that anything is"
                        + " secure.");
    }

    @Override
    public List<Term> terms() {
        return List.of(
                new Term(
                        "start, idle, load",
                        "From the request to the first correct response; ready, with nobody asking; while HTTP requests are"
                                + " answered, each on a connection of its own. What a control of the length of idle entered,"
                                + " without an instance, is subtracted call by call."),
                new Term(
                        "threads of an instance",
                        "Followed from their first moment by the kernel itself (event-fork): every process that is forked by"
                                + " the thread that launches, or by the engine's daemons, and all that comes of it. What a"
                                + " daemon does by itself on behalf of an instance, and what kernel threads do, is not caught;"
                                + " nor is what other users of an engine that is not the lab's launch meanwhile."),
                new Term(
                        TRACEPOINTS,
                        "Those of system calls, which are counted by themselves, and those passed in a hardware interrupt are"
                                + " left out; those in a software interrupt are in, whose work may be another's. Functions of"
                                + " the kernel are not counted."),
                new Term(
                        "losses",
                        "Where the kernel drops an event, the trial fails; no figure stands on a trace with holes."),
                new Term(
                        "system calls answered inside",
                        "Each is tried once in a process of its own, with -1 for every argument. Calls that act whatever they"
                                + " are given, such as sync or reboot, are left out."),
                new Term(
                        "isolation",
                        "None: the host's kernel, no filter, and every capability within reach, so that namespaces hold no"
                                + " root back. Namespaces: the host's kernel, with fewer capabilities, a filter or users of"
                                + " its own. User-space kernel: a kernel that lacks many calls. Virtual machine: a kernel with"
                                + " a boot of its own. Confidence is low where the evidence is one piece."));
    }

    @Override
    public String failure() {
        return "never traced";
    }

    /** Leaves out what only the page has room for. */
    @Override
    public boolean isBrief(Measurand metric) {
        return !metric.id().equals(IsolationMetrics.HOST_TRACEPOINTS.id())
                && !metric.id().equals(IsolationMetrics.WRITABLE_PROC.id())
                && !metric.id().equals(IsolationMetrics.DEVICES.id());
    }
}
