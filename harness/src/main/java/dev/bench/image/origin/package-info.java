/** Where images come from, a class for each kind of place; found as services, and known by what they declare. */
@NullMarked
package dev.bench.image.origin;

import org.jspecify.annotations.NullMarked;
