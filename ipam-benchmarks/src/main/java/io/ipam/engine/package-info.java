/** Structures of the state that benchmarks measure by themselves. */
@NullMarked
package io.ipam.engine;

import org.jspecify.annotations.NullMarked;
