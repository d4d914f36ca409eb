/** Virtual machines through libvirt; the only package that knows libvirt-java. */
@NullMarked
package dev.bench.libvirt;

import org.jspecify.annotations.NullMarked;
