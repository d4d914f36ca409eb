/** The static site of a folder of results: an index, a page per trend, every report, and a feed of changes. */
@NullMarked
package dev.bench.site;

import org.jspecify.annotations.NullMarked;
