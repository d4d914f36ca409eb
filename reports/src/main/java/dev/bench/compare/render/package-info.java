/** Outputs of a comparison, each made from the one report: terminal, JSON, Markdown, JUnit, annotations, HTML. */
@NullMarked
package dev.bench.compare.render;

import org.jspecify.annotations.NullMarked;
