/**
 * What a report says, and how it is written: one model of typed parts, rendered as HTML, Markdown and text for a terminal.
 *
 * <p>Whoever makes a document hands over text and figures. Markup is made by the renderers alone, of tags that they name and
 * of pictures that only {@code chart} draws, so that nothing from outside reaches a page without being escaped. A template
 * engine such as jte would escape too, but bring a compiler or generated classes for a page of eleven kinds of blocks, and
 * could render neither Markdown nor text from the same description.
 */
@NullMarked
package dev.bench.document;

import org.jspecify.annotations.NullMarked;
