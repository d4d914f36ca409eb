/** The view of startup: phases of a launch, and what a launch of nothing takes. */
@NullMarked
package dev.bench.view.startup;

import org.jspecify.annotations.NullMarked;
