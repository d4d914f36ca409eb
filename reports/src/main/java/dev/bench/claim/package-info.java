/** Says of published figures whether they hold where they were measured anew. */
@NullMarked
package dev.bench.claim;

import org.jspecify.annotations.NullMarked;
