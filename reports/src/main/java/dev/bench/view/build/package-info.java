/** The view of builds: what a build takes cold and after a change, and which of its steps had to run. */
@NullMarked
package dev.bench.view.build;

import org.jspecify.annotations.NullMarked;
