/** Structures of the state that benchmarks measure in isolation. */
@NullMarked
package io.ipam.engine;

import org.jspecify.annotations.NullMarked;
