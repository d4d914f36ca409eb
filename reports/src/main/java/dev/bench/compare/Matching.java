package dev.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds what two sides have in common.
 *
 * @param targets targets of both, in display order of HEAD; never empty
 * @param pairs samples of one metric and target on both sides, in display order of HEAD; never empty
 */
record Matching(List<Candidate.Target> targets, List<Pair> pairs) {
    private static final int MOST_LISTED = 10;

    Matching {
        targets = List.copyOf(targets);
        pairs = List.copyOf(pairs);
    }

    /**
     * Holds the samples of both sides.
     *
     * @param target the target
     * @param base samples of BASE
     * @param head samples of HEAD
     */
    record Pair(Candidate.Target target, Samples base, Samples head) {}

    /** Matches two sides; throws {@link ComparisonException} where they have nothing in common. */
    static Matching of(Side base, Side head) {
        if (base.kind() != head.kind()) {
            throw new ComparisonException(base.id() + " and " + head.id()
                    + " are not of one kind: compare two result directories, or two JSON files of JMH");
        }
        List<Candidate.Target> targets = targets(base, head);
        List<Pair> pairs = new ArrayList<>();
        for (String measure : head.measures()) {
            for (Candidate.Target target : targets) {
                Optional<Samples> ofBase = find(base, measure, target.base());
                Optional<Samples> ofHead = find(head, measure, target.head());
                if (ofBase.isPresent() && ofHead.isPresent()) {
                    Samples inOneUnit = ofHead.get().inUnitOf(ofBase.get().measurand());
                    pairs.add(new Pair(target, ofBase.get(), inOneUnit));
                }
            }
        }
        if (pairs.isEmpty()) {
            throw new ComparisonException("no metric in common: " + base.id() + " has " + listed(base.measures()) + "; "
                    + head.id() + " has " + listed(head.measures()));
        }
        return new Matching(targets, pairs);
    }

    private static List<Candidate.Target> targets(Side base, Side head) {
        String ofBase = base.chosen();
        String ofHead = head.chosen();
        if (ofBase != null && ofHead != null) {
            String label = ofBase.equals(ofHead) ? ofBase : ofBase + " → " + ofHead;
            return List.of(new Candidate.Target(label, ofBase, ofHead));
        }
        List<Candidate.Target> targets = head.targets().stream()
                .filter(base.targets()::contains)
                .map(name -> new Candidate.Target(name, name, name))
                .toList();
        if (targets.isEmpty()) {
            throw new ComparisonException(
                    (base.kind() == Side.Kind.JMH ? "no parameters in common: " : "no target in common: ") + base.id()
                            + " has " + listed(base.targets()) + "; " + head.id() + " has " + listed(head.targets())
                            + (base.kind() == Side.Kind.RESULT
                                    ? "; name a target of each as RESULT@TARGET to compare them all the same"
                                    : ""));
        }
        return targets;
    }

    private static String listed(List<String> names) {
        return names.size() > MOST_LISTED
                ? String.join(", ", names.subList(0, MOST_LISTED)) + " and " + (names.size() - MOST_LISTED) + " more"
                : names.isEmpty() ? "none" : String.join(", ", names);
    }

    private static Optional<Samples> find(Side side, String measure, String target) {
        return side.samples().stream()
                .filter(samples -> samples.measurand().id().equals(measure)
                        && samples.target().equals(target))
                .findFirst();
    }
}
