/** Scenario files: reading them with every fault at its place, and the schema that says the same to editors. */
@NullMarked
package dev.bench.scenario;

import org.jspecify.annotations.NullMarked;
