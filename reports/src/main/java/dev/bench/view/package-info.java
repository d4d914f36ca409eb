/** What a report shows of a measure: the contract of a view, and what several views have in common. */
@NullMarked
package dev.bench.view;

import org.jspecify.annotations.NullMarked;
