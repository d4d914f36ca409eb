/** The measuring JVM: its main class, and what starts it and hears from it. */
@NullMarked
package dev.bench.jvm;

import org.jspecify.annotations.NullMarked;
