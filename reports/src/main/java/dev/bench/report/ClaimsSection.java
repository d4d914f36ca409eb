package dev.bench.report;

import dev.bench.claim.ClaimVerdict;
import dev.bench.claim.Claims;
import dev.bench.claim.JudgedClaim;
import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Depth;
import dev.bench.document.Span;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.List;

/** Says of published figures whether they hold here. */
final class ClaimsSection implements Section {
    private static final List<Column> COLUMNS = List.of(
            Column.text("claim"),
            Column.text("claimed"),
            Column.text("measured here"),
            Column.text("verdict"),
            new Column("published by", null, false));

    @Override
    public String title() {
        return "Claims put to the test";
    }

    @Override
    public List<Block> blocks(ReportContext context) {
        List<JudgedClaim> claims = Claims.judge(context.analysed());
        if (claims.isEmpty()) {
            return List.of();
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Heading("Claims", "published figures, held against what was measured here", Depth.GLANCE));
        blocks.add(Block.text("A claim is reproduced or refuted where the 95 % interval of what was measured here lies"
                + " inside or outside of what is claimed. A figure of an emulated processor decides only what emulation"
                + " cannot have brought about, and an absolute figure of other hardware is not refuted by this host."));
        blocks.add(new Block.Table(
                "", "", COLUMNS, claims.stream().map(ClaimsSection::row).toList(), Depth.GLANCE));
        claims.stream()
                .filter(claim -> !claim.why().isEmpty())
                .forEach(claim -> blocks.add(new Block.Statement(
                        claim.claim().name() + " is " + claim.verdict().words() + ": " + claim.why(),
                        false,
                        Depth.GLANCE)));
        return blocks;
    }

    private static List<Span> row(JudgedClaim judged) {
        return List.of(
                Span.phrase(
                        new Span.Strong(Span.text(judged.claim().name())),
                        Span.text(": "),
                        new Span.Wrapped(judged.claim().says())),
                new Span.Wrapped(judged.claimed()),
                judged.seen(),
                judged.verdict() == ClaimVerdict.REFUTED
                        ? new Span.Alarm(judged.verdict().words())
                        : Span.text(judged.verdict().words()),
                new Span.Wrapped(judged.publisher()));
    }
}
