/**
 * Legal interleavings, enumerated: jcstress fails when it sees another. Classes named {@code
 * Planted…} hold known bugs, and must show what the others forbid.
 */
@NullMarked
package io.ipam.benchmarks.stress;

import org.jspecify.annotations.NullMarked;
