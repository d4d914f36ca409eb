/** The view of scale-out: starts and requests of many instances at once. */
@NullMarked
package dev.bench.view.scaleout;

import org.jspecify.annotations.NullMarked;
