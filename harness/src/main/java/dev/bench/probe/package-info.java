/**
 * Finds the moment at which an instance is ready: the contract of a probe, how probes are found, and a class for each. Those
 * that ask on the network share how it is asked.
 */
@NullMarked
package dev.bench.probe;

import org.jspecify.annotations.NullMarked;
