/** Structures of the state that benchmarks measure by themselves. */
@NullMarked
package io.ipam.allocation.state;

import org.jspecify.annotations.NullMarked;
