/**
 * Enumerated legal interleavings: jcstress fails if it sees another one. Classes named {@code
 * Planted…} contain known bugs and must show the outcomes that the others forbid.
 */
@NullMarked
package io.ipam.benchmarks.stress;

import org.jspecify.annotations.NullMarked;
