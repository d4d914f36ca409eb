/** A kind of target that only tests have: whatever the product does with it, it does through the drivers' contract. */
@NullMarked
package dev.bench.toy;

import org.jspecify.annotations.NullMarked;
