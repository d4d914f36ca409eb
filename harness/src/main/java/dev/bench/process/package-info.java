/** The image's tree as a bare process: the floor every other target is above. */
@NullMarked
package dev.bench.process;

import org.jspecify.annotations.NullMarked;
