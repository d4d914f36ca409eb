/** How an application of several services comes up, answers and goes down, and what it waits for. */
@NullMarked
package dev.bench.view.stack;

import org.jspecify.annotations.NullMarked;
