package dev.bench.document;

import java.util.List;

/**
 * Holds a part of a document with a heading of its own.
 *
 * @param title the heading
 * @param blocks the content
 */
public record Part(String title, List<Block> blocks) {
    public Part {
        blocks = List.copyOf(blocks);
    }
}
