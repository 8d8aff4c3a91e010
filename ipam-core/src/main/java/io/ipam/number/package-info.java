/** Unsigned 128-bit numbers held in two longs. Not exported. */
@NullMarked
package io.ipam.number;

import org.jspecify.annotations.NullMarked;
