/** The command line: the only package that writes to the terminal, and the one that wires everything together. */
@NullMarked
package dev.bench.cli;

import org.jspecify.annotations.NullMarked;
