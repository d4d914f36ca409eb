package dev.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bench.document.Block;
import dev.bench.document.Span;
import dev.bench.result.ImageLayer;
import dev.bench.result.Result;
import dev.bench.result.TargetKind;
import dev.bench.result.WritableLayer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ImageSectionTest {
    private static final WritableLayer.Content WRITTEN = new WritableLayer.Content(4 << 20, 3, List.of("/run/pid"));

    private static Result.TargetFacts target(String name, Boolean found) {
        return target(name, found, "", null);
    }

    private static Result.TargetFacts target(String name, Boolean found, String load, WritableLayer.Content loaded) {
        WritableLayer layer = new WritableLayer(
                "overlayfs",
                WRITTEN,
                load,
                loaded,
                null,
                new WritableLayer.FirstWrite("/usr/lib/large.so", 8 << 20, 30, 3),
                found);
        return new Result.TargetFacts(name, TargetKind.CONTAINER, "docker", false, Map.of(), null).writing(layer);
    }

    @Test
    void showsLayersWritesAndWhatIsGone() {
        List<Block> blocks = ImageSection.blocks(
                List.of(new ImageLayer("COPY . /srv", 3 << 20, 12), new ImageLayer("", 0, 0)),
                List.of(target("one", false), target("two", false)),
                name -> Span.text(name));

        assertEquals(
                List.of(
                        "Layers, lowest first",
                        "What one instance wrote over the image",
                        "One byte written to the image's largest file"),
                tables(blocks).stream().map(Block.Table::caption).toList());
        assertEquals(2, tables(blocks).get(0).rows().size());
        assertEquals(
                new Span.Value(30.0, "ms"), tables(blocks).get(2).rows().get(0).get(3));
        assertEquals(new Span.Ratio(10.0), tables(blocks).get(2).rows().get(0).get(5));
        Block.Paragraph last = (Block.Paragraph) blocks.get(blocks.size() - 1);
        assertEquals(Block.Role.TEXT, last.role());
        assertEquals(true, last.toString().contains("It was not there on one, two."), last.toString());
    }

    @Test
    void showsWhatWasWrittenAfterLoadWhereThereIsOne() {
        List<Block> blocks = ImageSection.blocks(
                List.of(),
                List.of(
                        target("one", false, "50 requests for /", new WritableLayer.Content(6 << 20, 4, List.of())),
                        target("two", false, "50 requests for /", null)),
                Span::text);
        Block.Table written = tables(blocks).get(0);
        assertEquals("after load", written.columns().get(4).title());
        assertEquals(new Span.Value(6.0, "MiB"), written.rows().get(0).get(4));
        assertEquals(new Span.Count(4), written.rows().get(0).get(5));
        assertEquals(Span.none(), written.rows().get(1).get(4));
        assertEquals(true, blocks.toString().contains("after 50 requests for / one after the other"));
    }

    @Test
    void whatIsLeftIsAnAlarm() {
        List<Block> blocks = ImageSection.blocks(
                List.of(), List.of(target("one", false), target("two", true), target("three", null)), Span::text);

        Block.Paragraph last = (Block.Paragraph) blocks.get(blocks.size() - 1);
        assertEquals(Block.Role.ALARM, last.role());
        assertEquals(true, last.toString().contains("found in a new one on two."), last.toString());
    }

    @Test
    void aResultOfAVersionThatDidNotLookHasNone() {
        Result.TargetFacts old = new Result.TargetFacts("one", TargetKind.CONTAINER, "docker", false, Map.of(), null);
        assertEquals(List.of(), ImageSection.blocks(List.of(), List.of(old), Span::text));
    }

    private static List<Block.Table> tables(List<Block> blocks) {
        return blocks.stream()
                .filter(Block.Table.class::isInstance)
                .map(Block.Table.class::cast)
                .toList();
    }
}
