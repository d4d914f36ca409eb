/**
 * Writes tiny static Linux programs: a straight line of system calls with all data prepared. They start a workload in a
 * guest and on the host, as a container engine would start it, without a shell, a C library or a fork that would cost
 * time; and they see a workload's arguments, environment, user, directory and machine from inside, the same way on
 * every target.
 */
@NullMarked
package dev.bench.program;

import org.jspecify.annotations.NullMarked;
