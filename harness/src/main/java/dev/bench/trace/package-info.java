/**
 * The kernel's own tracing (tracefs): which system calls and tracepoints threads enter, through a tracing instance that
 * serves one run and nobody else.
 */
@NullMarked
package dev.bench.trace;

import org.jspecify.annotations.NullMarked;
