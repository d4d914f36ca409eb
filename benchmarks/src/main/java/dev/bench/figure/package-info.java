/** What holds the tool itself to account: its figures beside those of the barest thing that does the same. */
@NullMarked
package dev.bench.figure;

import org.jspecify.annotations.NullMarked;
