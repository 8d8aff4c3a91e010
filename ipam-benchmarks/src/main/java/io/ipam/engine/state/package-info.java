/** Structures of the state that benchmarks measure in isolation. */
@NullMarked
package io.ipam.engine.state;

import org.jspecify.annotations.NullMarked;
