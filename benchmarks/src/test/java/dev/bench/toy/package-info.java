/**
 * A kind of target and a measure that only tests have: whatever the product does with them, it does through the contracts
 * of drivers, measures and views.
 */
@NullMarked
package dev.bench.toy;

import org.jspecify.annotations.NullMarked;
