/**
 * Writes tiny static Linux programs: a straight line of system calls with all data prepared. They start a workload in a
 * guest and on the host without a shell, a C library or a fork that would cost time.
 */
@NullMarked
package dev.bench.syscall;

import org.jspecify.annotations.NullMarked;
