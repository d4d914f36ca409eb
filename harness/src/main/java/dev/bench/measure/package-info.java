/**
 * What a scenario can measure: the contract of a measure, and how measures are found. Each measure is a package below this
 * one, and nothing but its view in the reports uses a type of it.
 */
@NullMarked
package dev.bench.measure;

import org.jspecify.annotations.NullMarked;
