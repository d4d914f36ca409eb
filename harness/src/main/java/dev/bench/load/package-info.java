/**
 * The load generator: HTTP/1.1 requests to many instances from one or a few event loops, closed or open, with the
 * latency from the intended start and the service time beside each other. The only package that knows HdrHistogram.
 *
 * <p>Why a generator of its own: Hyperfoil 0.25.2 was tried first, embedded through its {@code LocalSimulationRunner}
 * against one nginx worker with 16 connections. It works on Java 17 and holds open-loop rates within half a percent, and
 * it fell behind wrk in the closed loop (30,000 and 36,000 requests a second, wrk 44,000 and 30,000 before and after, one
 * core each). Against it: 41 more libraries of 17 MB, among them an event loop of its own version, a logging binding that
 * conflicts with this tool's, and two errors of dependency convergence; a random instead of an even arrival process; one
 * latency per request where the method asks for two; and no way to learn what its own threads waited for, which is what
 * tells a result that the client bounds from one that the servers bound. An event loop over {@code java.nio} that repeats
 * one request is some hundreds of lines and depends on nothing.
 */
@NullMarked
package dev.bench.load;

import org.jspecify.annotations.NullMarked;
