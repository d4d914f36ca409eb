/** One run from plan to report: lab, image, sessions, stored result. */
@NullMarked
package dev.bench.run;

import org.jspecify.annotations.NullMarked;
