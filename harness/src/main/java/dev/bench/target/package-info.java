/**
 * The contract between the run engine and a substrate. A kind of target is one package that implements {@link
 * dev.bench.target.TargetDriver} and registers it as a service; nothing else has to change.
 */
@NullMarked
package dev.bench.target;

import org.jspecify.annotations.NullMarked;
