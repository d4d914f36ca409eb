/** Turns an image source into what every substrate starts from: engine image, file tree, manifest and disk. */
@NullMarked
package dev.bench.image;

import org.jspecify.annotations.NullMarked;
