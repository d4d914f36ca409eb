/** What is shown of deliveries: pushes and pulls, what they move, and the way from a pull to the first answer. */
@NullMarked
package dev.bench.view.delivery;

import org.jspecify.annotations.NullMarked;
