/**
 * Turns an image into what every substrate starts from: engine image, file tree, manifest and disk; and the contract of
 * where it comes from. Each origin is a class in the package below this one.
 */
@NullMarked
package dev.bench.image;

import org.jspecify.annotations.NullMarked;
