/** What instances reach of the host's kernel, set against set, and what they are allowed. */
@NullMarked
package dev.bench.view.isolation;

import org.jspecify.annotations.NullMarked;
